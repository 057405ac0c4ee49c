package org.stillpoint.api.json;

import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.is;

import io.restassured.response.ValidatableResponse;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.stillpoint.testkit.StillpointTest;

@StillpointTest
class StrictJsonTest {
  private static ValidatableResponse post(String path, byte[] body) {
    return given().contentType("application/json").body(body).post("/v1/trial/" + path).then();
  }

  private static ValidatableResponse create(String body) {
    return post("things", body.getBytes(UTF_8));
  }

  static List<String> malformed() {
    return List.of(
        "{\"name\": \"a\", \"name\": \"b\"}",
        "{\"name\": \"a\", \"part\": {\"label\": \"a\", \"label\": \"b\"}}",
        "{\"name\": \"a\"} {}",
        "{\"name\": \"a\"} x",
        "{\"name\": \"a\",}",
        "{\"name\": 'a'}",
        "{\"name\": \"a\" /* so */}",
        "{\"name\": \"a",
        "{\"name\": NaN}",
        "{\"count\": 007, \"name\": \"a\"}",
        "{\"count\": " + "7".repeat(60_000) + ", \"name\": \"a\"}",
        "{\"share\": 0." + "7".repeat(100) + ", \"name\": \"a\"}",
        "{\"part\":".repeat(40) + "1" + "}".repeat(40),
        "{\"name\": \"a\\u0000\"}",
        "{\"na\\u0000me\": \"a\"}",
        "{\"name\": \"\\ud83d\"}",
        "{\"name\": \"\\ud83dx\\ude00\"}",
        "{\"name\": \"\\ude00\\ud83d\"}",
        "{\"name\": \"\\ud83d\\n\"}",
        "{\"\\ud83d\": \"a\"}",
        "\uFEFF{\"name\": \"a\"}",
        " ");
  }

  @ParameterizedTest
  @MethodSource
  void malformed(String body) {
    create(body).statusCode(400).body("code", is("malformed-json"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"name\": \"\u00c0\u00af\"}",
        "{\"name\": \"\u00c1\u0081\"}",
        "{\"name\": \"\u00ed\u00a0\u0080\"}",
        "{\"name\": \"\u00ff\"}",
        "{\"name\": \"\u00e2\u0082\"}"
      })
  void bytesThatAreNoUtf8AreRefused(String bytes) {
    post("things", bytes.getBytes(ISO_8859_1)).statusCode(400).body("code", is("malformed-json"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"name\": \"a\", \"nmae\": \"b\"}|/nmae|This member isn't known",
        "{\"name\": \"a\", \"part\": {\"x/y~z\": 1}}|/part/x~1y~0z|This member isn't known",
        "{\"name\": \"a\", \"parts\": [{\"label\": \"a\"}, {\"x\": 1}]}|/parts/1/x|This member",
        "{\"name\": \"a\", \"count\": \"5\"}|/count|wrong JSON type",
        "{\"name\": \"a\", \"count\": \"\"}|/count|wrong JSON type",
        "{\"name\": \"a\", \"count\": 1.9}|/count|wrong JSON type",
        "{\"name\": \"a\", \"count\": 1.0}|/count|wrong JSON type",
        "{\"name\": \"a\", \"count\": true}|/count|wrong JSON type",
        "{\"name\": \"a\", \"count\": [1]}|/count|wrong JSON type",
        "{\"name\": \"a\", \"count\": 99999999999}|/count|outside of the allowed range",
        "{\"name\": 5}|/name|wrong JSON type",
        "{\"name\": 5.5}|/name|wrong JSON type",
        "{\"name\": true}|/name|wrong JSON type",
        "{\"name\": [\"a\"]}|/name|wrong JSON type",
        "{\"name\": {\"a\": 1}}|/name|wrong JSON type",
        "{\"name\": \"a\", \"open\": \"true\"}|/open|wrong JSON type",
        "{\"name\": \"a\", \"open\": 1}|/open|wrong JSON type",
        "{\"name\": \"a\", \"share\": \"0.5\"}|/share|wrong JSON type",
        "{\"name\": \"a\", \"colour\": \"BLUE\"}|/colour|isn't one of the allowed",
        "{\"name\": \"a\", \"colour\": \"red\"}|/colour|isn't one of the allowed",
        "{\"name\": \"a\", \"colour\": \"\"}|/colour|isn't one of the allowed",
        "{\"name\": \"a\", \"colour\": 0}|/colour|wrong JSON type",
        "{\"name\": \"a\", \"at\": 0}|/at|wrong JSON type",
        "{\"name\": \"a\", \"at\": \"2026-01-31\"}|/at|isn't one of the allowed",
        "{\"name\": \"a\", \"at\": \"2026-02-31T00:00:00Z\"}|/at|isn't one of the allowed",
        "{\"name\": \"a\", \"at\": \"+12026-02-01T00:00:00Z\"}|/at|isn't one of the allowed",
        "{\"name\": \"a\", \"at\": \"\"}|/at|isn't one of the allowed",
        "{\"name\": \"a\", \"day\": [2026, 1, 31]}|/day|wrong JSON type",
        "{\"name\": \"a\", \"day\": 20260131}|/day|wrong JSON type",
        "{\"name\": \"a\", \"day\": \"2026-02-30\"}|/day|isn't one of the allowed",
        "{\"name\": \"a\", \"id\": \"1-1-1-1-1\"}|/id|isn't one of the allowed",
        "{\"name\": \"a\", \"id\": \"AZKbXkwafT6fIVt8DmodQg==\"}|/id|isn't one of the allowed",
        "{\"name\": \"a\", \"part\": \"\"}|/part|wrong JSON type",
        "{\"name\": \"a\", \"part\": []}|/part|wrong JSON type",
        "{\"name\": \"a\", \"parts\": {\"label\": \"a\"}}|/parts|wrong JSON type",
        "{\"name\": \"a\", \"parts\": \"\"}|/parts|wrong JSON type"
      })
  void aValueThatIsNotWhatItShouldBeIsPointedAt(String body, String pointer, String detail) {
    var errors =
        create(body)
            .statusCode(400)
            .contentType("application/problem+json")
            .body("code", is("validation-failed"))
            .body("errors.pointer", is(List.of(pointer)))
            .extract()
            .<String>path("errors[0].detail");
    assertThat(errors).contains(detail);
  }

  @ParameterizedTest
  @ValueSource(strings = {"[]", "5", "\"\"", "\"a\"", "true"})
  void aBodyOfAnotherTypeIsPointedAt(String body) {
    create(body)
        .statusCode(400)
        .body("code", is("validation-failed"))
        .body("errors.pointer", is(List.of("")));
  }

  @Test
  void wordsInEveryScriptAreTaken() {
    String name = "Zoë \\\\u0000 \uD83D\uDE00 \\ud83d\\ude00 \\u00e9\\n";
    create("{\"name\": \"" + name + "\", \"part\": null, \"share\": 5}")
        .statusCode(200)
        .body("name", is("Zoë \\u0000 \uD83D\uDE00 \uD83D\uDE00 é\n"));
  }

  @Test
  void timesAreWrittenWithThreeDecimalsAndNullsAreLeftOut() {
    String answer =
        create("{\"name\": \"a\", \"at\": \"2026-01-31T12:00:00+02:00\", \"day\": \"2026-01-31\"}")
            .statusCode(200)
            .extract()
            .asString();

    assertThat(answer)
        .isEqualTo("{\"name\":\"a\",\"at\":\"2026-01-31T10:00:00.000Z\",\"day\":\"2026-01-31\"}");
  }

  @Test
  void microsecondsAreCutOff() {
    create("{\"name\": \"a\", \"at\": \"2026-01-31T12:00:00.987654Z\"}")
        .body("at", is("2026-01-31T12:00:00.987Z"));
  }

  @Test
  void aMissingBodyIsNamedWhereOneIsRequired() {
    given()
        .contentType("application/json")
        .post("/v1/trial/things")
        .then()
        .statusCode(400)
        .body("code", is("body-missing"));
    given()
        .noContentType()
        .post("/v1/trial/things")
        .then()
        .statusCode(400)
        .body("code", is("body-missing"));
    create("null").statusCode(400).body("code", is("body-missing"));
  }

  @Test
  void anOptionalBodyMayBeMissing() {
    given().noContentType().post("/v1/trial/taps").then().statusCode(200).body("body", is(false));
    given()
        .contentType("application/json")
        .post("/v1/trial/taps")
        .then()
        .statusCode(200)
        .body("body", is(false));
    post("taps", "{}".getBytes(UTF_8)).statusCode(200).body("body", is(true));
  }

  @ParameterizedTest
  @ValueSource(strings = {"text/plain", "application/xml", "application/x-www-form-urlencoded"})
  void anotherMediaTypeIsRefused(String mediaType) {
    given()
        .contentType(mediaType)
        .body("{}")
        .post("/v1/trial/taps")
        .then()
        .statusCode(415)
        .contentType("application/problem+json")
        .body("code", is("unsupported-media-type"));
  }

  @Test
  void compressedBodiesAreRefused() {
    given()
        .contentType("application/json")
        .header("Content-Encoding", "gzip")
        .body("{}")
        .post("/v1/trial/taps")
        .then()
        .statusCode(415);
  }
}
