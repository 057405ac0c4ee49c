package org.stillpoint.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.stillpoint.testkit.Api.as;
import static org.stillpoint.testkit.Api.wrongly;

import io.restassured.http.ContentType;
import io.restassured.response.Response;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.stillpoint.testkit.Couple;
import org.stillpoint.testkit.Json;
import org.stillpoint.testkit.Person;
import org.stillpoint.testkit.StillpointTest;

/** What one says of oneself. */
@StillpointTest
class MeTest {
  private Person ana;

  @BeforeEach
  void somebodyNew() {
    ana = Person.stranger("ana");
  }

  private Response change(Map<String, Object> request) {
    return as(ana).contentType(ContentType.JSON).body(request).patch("/v1/me");
  }

  @Test
  void oneSaysAsMuchAsOneLikes() {
    change(
            Map.of(
                "displayName", "Ana",
                "pronouns", "she/her",
                "roleLabel", "switch",
                "locale", "de",
                "timeZone", "Europe/Berlin"))
        .then()
        .statusCode(200)
        .body("displayName", is("Ana"))
        .body("roleLabel", is("switch"))
        .body("timeZone", is("Europe/Berlin"));

    change(Map.of("clear", List.of("displayName", "roleLabel")))
        .then()
        .body("displayName", nullValue())
        .body("roleLabel", nullValue())
        .body("pronouns", is("she/her"));
  }

  @Test
  void aChangeOfSomethingElseIsNotOverwritten() {
    String seen = as(ana).get("/v1/me").header("ETag");
    change(Map.of("displayName", "Ana"));

    as(ana)
        .header("If-Match", seen)
        .contentType(ContentType.JSON)
        .body(Map.of("displayName", "Anna"))
        .patch("/v1/me")
        .then()
        .statusCode(412);
    as(ana)
        .header("If-None-Match", as(ana).get("/v1/me").header("ETag"))
        .get("/v1/me")
        .then()
        .statusCode(304);
  }

  @ParameterizedTest
  @CsvSource({
    "displayName, '', /displayName",
    "locale, not a language, /locale",
    "timeZone, Mars/Olympus, /timeZone",
    "roleLabel, owner, /roleLabel",
    "birthDate, 1990-01-01, /birthDate"
  })
  void whatCantBeIsRefusedAndNothingIsStored(String field, String value, String pointer) {
    String before = as(ana).get("/v1/me").header("ETag");

    wrongly(ana)
        .contentType(ContentType.JSON)
        .body(Map.of(field, value))
        .patch("/v1/me")
        .then()
        .statusCode(400)
        .body("code", is("validation-failed"))
        .body("errors[0].pointer", is(pointer));
    assertThat(as(ana).get("/v1/me").header("ETag")).isEqualTo(before);
  }

  @Test
  @Tag("S36")
  void theFirstAttestationIsKeptAndNoBirthDateIs() {
    String first =
        as(ana)
            .put("/v1/me/adult-attestation")
            .then()
            .statusCode(200)
            .extract()
            .as(Json.class, Json.READER)
            .get("adultAttestedAt");

    as(ana).put("/v1/me/adult-attestation").then().body("adultAttestedAt", is(first));
    assertThat(as(ana).get("/v1/me").asString()).doesNotContainIgnoringCase("birth");
  }

  @Test
  void aConsentHasAReceiptAndCanBeWithdrawn() {
    as(ana)
        .contentType(ContentType.JSON)
        .body(Map.of("version", "2026-11"))
        .put("/v1/me/consent")
        .then()
        .statusCode(200)
        .body("consent.version", is("2026-11"))
        .body("consent.consentedAt", notNullValue());

    as(ana).delete("/v1/me/consent").then().statusCode(204);
    as(ana).get("/v1/me").then().body("consent", nullValue());
  }

  @Test
  void othersSeeWhatOneSaysAndNoMore() {
    Couple couple = Couple.create();
    as(couple.ana())
        .contentType(ContentType.JSON)
        .body(Map.of("displayName", "Ana", "timeZone", "Europe/Berlin"))
        .patch("/v1/me")
        .then()
        .statusCode(200);

    Map<String, Object> member =
        as(couple.ben())
            .get(couple.path("/members"))
            .then()
            .extract()
            .as(Json.class, Json.READER)
            .get("data[0]");
    assertThat(member).containsOnlyKeys("id", "displayName", "joinedAt");
  }

  @Test
  void anotherPersonsAppsAreNotThere() {
    Person ben = Person.stranger("ben");
    String bens =
        as(ben)
            .get("/v1/me/clients")
            .then()
            .extract()
            .as(Json.class, Json.READER)
            .get("data[0].id");

    as(ana).delete("/v1/me/clients/{id}", bens).then().statusCode(404);
    as(ana).post("/v1/me/clients/{id}/readmission", bens).then().statusCode(404);
  }
}
