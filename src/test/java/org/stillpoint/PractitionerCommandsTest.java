package org.stillpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.stillpoint.testkit.Api.as;

import java.sql.Connection;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.stillpoint.testkit.Couple;
import org.stillpoint.testkit.Json;
import org.stillpoint.testkit.Person;
import org.stillpoint.testkit.Practices;
import org.stillpoint.testkit.StillpointTest;
import org.stillpoint.testkit.Tables;

/** Verified is what the operator has looked at, word for word. */
@StillpointTest
class PractitionerCommandsTest {
  private static String verification(Person dora) {
    return profile(dora).getString("verification");
  }

  private static Json profile(Person dora) {
    return as(dora)
        .get("/v1/practitioners/me")
        .then()
        .statusCode(200)
        .extract()
        .as(Json.class, Json.READER);
  }

  @Test
  void anEditionIsVerifiedAndNoOther() throws Exception {
    Person dora = Practices.practitioner();
    Couple couple = Couple.create();
    UUID grant = Practices.granted(couple, dora, "pauses");
    UUID edition = Couple.id(profile(dora).get("edition"));
    try (Connection owner = Tables.connect()) {
      assertThat(PractitionerCommands.mark(owner, edition, true)).contains("is verified");
      assertThat(verification(dora)).isEqualTo("verified");
      assertThat(Practices.get(couple, couple.ben(), grant).getString("practitioner.verification"))
          .isEqualTo("verified");

      assertThat(PractitionerCommands.mark(owner, edition, false)).contains("not verified");
      assertThat(verification(dora)).isEqualTo("notVerified");
      PractitionerCommands.mark(owner, edition, true);
      Practices.register(dora, Practices.profile("Dora Lind, PhD", "Nothing."));
      assertThat(verification(dora)).isEqualTo("notVerified");
      assertThatThrownBy(() -> PractitionerCommands.mark(owner, edition, true))
          .hasMessageContaining("Nobody says this");
    }
  }
}
