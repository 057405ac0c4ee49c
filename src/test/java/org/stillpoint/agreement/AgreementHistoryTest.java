package org.stillpoint.agreement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.stillpoint.testkit.Agreements.permits;
import static org.stillpoint.testkit.Api.as;

import io.restassured.path.json.JsonPath;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.stillpoint.testkit.Agreements;
import org.stillpoint.testkit.Couple;
import org.stillpoint.testkit.Json;
import org.stillpoint.testkit.SandboxClock;
import org.stillpoint.testkit.StillpointTest;
import org.stillpoint.testkit.Tables;

/** What became of an agreement can be checked by whoever has read it. */
@StillpointTest
@Tag("S20")
class AgreementHistoryTest {
  private static List<Map<String, Object>> history(Couple couple, JsonPath version) {
    return as(couple.ana())
        .get(couple.path("/agreements/" + version.getString("agreementId") + "/history?limit=100"))
        .then()
        .statusCode(200)
        .extract()
        .as(Json.class, Json.READER)
        .get("data");
  }

  private static void verify(List<Map<String, Object>> entries) {
    @Nullable Object previous = null;
    for (Map<String, Object> entry : entries) {
      assertThat(entry.get("previousHash")).isEqualTo(previous);
      Map<String, Object> hashed = new HashMap<>(entry);
      hashed.remove("hash");
      assertThat(entry.get("hash")).isEqualTo(Agreements.hash(hashed));
      previous = entry.get("hash");
    }
  }

  @Test
  void theDocumentKnowsAllThatCanBecomeOfAnAgreement() {
    assertThat(AgreementViews.TYPES)
        .isEqualTo(
            Stream.of(AgreementHistory.Type.values())
                .map(type -> "\"" + type.wireName() + "\"")
                .collect(Collectors.joining(", ", "[", "]")));
  }

  @Test
  @Tag("S15")
  void whatWasAssentedToHasTheHashThatTheHistoryHolds() {
    Couple couple = Couple.create();
    JsonPath version = Agreements.agreed(couple, permits(couple, "touch"));
    Map<String, Object> term = version.getMap("terms[0]");

    assertThat(term.get("hash"))
        .isEqualTo(
            Agreements.hash(Map.of("content", term.get("content"), "salt", term.get("salt"))));
    assertThat(history(couple, version).get(1).get("contentHash")).isEqualTo(term.get("hash"));
  }

  @Test
  void eachEntryHoldsTheOneBeforeAndNamesWhoDidIt() {
    Couple couple = Couple.create();
    JsonPath version = Agreements.agreed(couple, permits(couple, "touch"));
    SandboxClock.advance(Duration.ofHours(25));
    Agreements.put(couple, couple.ben(), version.getString("terms[0].id"), "/suspension")
        .then()
        .statusCode(200);

    List<Map<String, Object>> entries = history(couple, version);

    verify(entries);
    assertThat(entries)
        .extracting(entry -> entry.get("type"))
        .containsExactly("versionProposed", "termProposed", "termAgreed", "termSuspended");
    assertThat(entries.get(1).get("actorId")).isEqualTo(couple.ana().id().toString());
    assertThat(entries.get(3).get("actorId")).isEqualTo(couple.ben().id().toString());
  }

  @Test
  void itIsAppendOnlyInTheDatabaseToo() throws SQLException {
    assertThat(
            Tables.read(
                "select string_agg(privilege_type, ',' order by privilege_type)"
                    + " from information_schema.role_table_grants"
                    + " where table_name = 'agreement_history' and grantee = 'stillpoint_app'"))
        .isEqualTo("INSERT,SELECT");
  }

  @Test
  @Tag("S33")
  void itStillHoldsOnceWhatSomebodyWroteIsErased() {
    Couple couple = Couple.create();
    JsonPath version = Agreements.agreed(couple, permits(couple, "touch"));
    Agreements.proposed(couple, couple.ben(), permits(couple, "sex", "other"));

    as(couple.ben()).delete("/v1/me").then().statusCode(204);

    List<Map<String, Object>> entries = history(couple, version);
    verify(entries);
    assertThat(entries).hasSizeGreaterThan(2);
  }
}
