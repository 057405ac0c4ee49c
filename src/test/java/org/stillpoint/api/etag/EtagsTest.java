package org.stillpoint.api.etag;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.emptyString;
import static org.hamcrest.Matchers.is;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.stillpoint.testkit.StillpointTest;

@StillpointTest
class EtagsTest {
  private static final String PATH = "/v1/trial/versioned";

  @Test
  void whatIsReadNamesItsVersion() {
    given().get(PATH).then().statusCode(200).header("ETag", "\"3\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"3\"", "W/\"3\"", "\"1\", \"3\"", "*"})
  void whoHasItAlreadyIsToldSo(String tag) {
    given()
        .header("If-None-Match", tag)
        .get(PATH)
        .then()
        .statusCode(304)
        .header("ETag", "\"3\"")
        .body(emptyString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"2\"", "W/\"33\"", "3", "\"1,3\""})
  void whoHasAnotherVersionGetsThis(String tag) {
    given().header("If-None-Match", tag).get(PATH).then().statusCode(200);
  }

  @Test
  void aBlindWriteIsRefused() {
    given()
        .contentType("application/json")
        .body("{}")
        .put(PATH)
        .then()
        .statusCode(428)
        .body("code", is("precondition-required"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"3\"", "\"1\",\"3\"", "*"})
  void aWriteOfWhatWasSeenIsTaken(String tag) {
    given()
        .header("If-Match", tag)
        .contentType("application/json")
        .body("{}")
        .put(PATH)
        .then()
        .statusCode(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"2\"", "W/\"3\"", "3", "\"1,3\"", "x"})
  void aWriteOfWhatWasNotSeenIsRefused(String tag) {
    given()
        .header("If-Match", tag)
        .contentType("application/json")
        .body("{}")
        .put(PATH)
        .then()
        .statusCode(412)
        .body("code", is("precondition-failed"))
        .header("ETag", "\"3\"");
  }
}
