package org.stillpoint.pause;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;
import static org.stillpoint.testkit.Api.as;

import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.stillpoint.testkit.Couple;
import org.stillpoint.testkit.Json;
import org.stillpoint.testkit.Person;
import org.stillpoint.testkit.StillpointTest;

/** How a pause is shown, and to whom. */
@StillpointTest
class PauseViewTest {
  private Couple couple;

  @BeforeEach
  void aFreshCouple() {
    couple = Couple.create();
  }

  @Test
  @Tag("S31")
  void anAcknowledgementIsForTheRaiserAndItsAbsenceIsNotShown() {
    Person cleo = Person.adult("cleo");
    trusted(cleo);
    UUID pause = couple.tap(couple.ana());
    String before = view(cleo, pause);

    as(couple.ben())
        .put(couple.path("/pauses/" + pause + "/acknowledgement"))
        .then()
        .statusCode(204);

    as(couple.ana())
        .get(couple.path("/pauses/" + pause))
        .then()
        .body("acknowledgements.memberId", is(List.of(couple.ben().id().toString())));
    assertThat(view(cleo, pause)).isEqualTo(before).doesNotContain("acknowledge");
    as(couple.ben())
        .get(couple.path("/pauses/" + pause))
        .then()
        .body("acknowledgements", nullValue());
    as(couple.ana())
        .put(couple.path("/pauses/" + pause + "/acknowledgement"))
        .then()
        .statusCode(409)
        .body("code", is("pause-is-yours"));
  }

  private void trusted(Person person) {
    var invitation = couple.invitation(couple.ana());
    as(couple.ben())
        .put(couple.path("/invitations/" + invitation.getString("id") + "/assents/me"))
        .then()
        .statusCode(200);
    Couple.join(person, invitation.getString("code"));
  }

  private String view(Person person, UUID pause) {
    return as(person)
        .get(couple.path("/pauses/" + pause))
        .then()
        .statusCode(200)
        .extract()
        .asString();
  }

  @Test
  void theDiscreetTextSpeaksTheReadersLanguage() {
    UUID pause = couple.tap(couple.ana());

    as(couple.ben())
        .header("Accept-Language", "de-AT, en;q=0.5")
        .get(couple.path("/pauses/" + pause))
        .then()
        .body("discreetText", is("Ich mache eine Pause. Später mehr."));
    as(couple.ben())
        .header("Accept-Language", "es")
        .get(couple.path("/signals"))
        .then()
        .statusCode(200)
        .body("language", is("es"))
        .body("signals.kind", is(List.of("yellow", "pause", "red")));
  }

  @Test
  void thePausesAreListedNewestFirstPageByPage() {
    for (int i = 0; i < 3; i++) {
      couple.lift(couple.ana(), couple.tap(couple.ana())).then().statusCode(200);
    }

    var first =
        as(couple.ben()).queryParam("limit", 2).get(couple.path("/pauses")).then().statusCode(200);
    List<String> seen = first.extract().as(Json.class, Json.READER).get("data.id");
    var second =
        as(couple.ben())
            .queryParam("limit", 2)
            .queryParam("cursor", first.extract().<String>path("nextCursor"))
            .get(couple.path("/pauses"))
            .then()
            .statusCode(200)
            .body("hasMore", is(false))
            .body("data.id", not(empty()));
    List<String> rest = second.extract().as(Json.class, Json.READER).get("data.id");

    assertThat(seen).hasSize(2).doesNotContainAnyElementsOf(rest);
    assertThat(rest).hasSize(1);
  }
}
