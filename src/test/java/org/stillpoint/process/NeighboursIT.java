package org.stillpoint.process;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import io.restassured.http.ContentType;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sandboxes side by side: nothing of one is in another, and they end with the first. */
class NeighboursIT {
  @TempDir Path folder;

  private static String open(String first, Map<String, String> with) {
    return given()
        .contentType(ContentType.JSON)
        .body(with)
        .post(first + "/sandbox/sandboxes")
        .then()
        .statusCode(201)
        .extract()
        .path("url");
  }

  private static String memberId(String sandbox, String subject) {
    String token =
        given()
            .contentType(ContentType.JSON)
            .body(Map.of("subject", subject))
            .post(sandbox + "/sandbox/tokens")
            .then()
            .statusCode(200)
            .header("Stillpoint-Sandbox", is("true"))
            .extract()
            .path("accessToken");
    return given()
        .header("Authorization", "Bearer " + token)
        .put(sandbox + "/v1/me/adult-attestation")
        .then()
        .statusCode(200)
        .extract()
        .path("id");
  }

  private static String now(String sandbox) {
    return given().get(sandbox + "/sandbox/clock").then().statusCode(200).extract().path("now");
  }

  @Test
  void eachIsAWorldOfItsOwn() throws Exception {
    List<ProcessHandle> processes;
    try (PackagedApp app = PackagedApp.sandbox(folder)) {
      String first = app.http().toString();
      String one = open(first, Map.of());
      String other = open(first, Map.of("seed", "side-by-side"));

      String ana = memberId(one, "ana");
      given()
          .contentType(ContentType.JSON)
          .body(Map.of("seconds", 60))
          .post(other + "/sandbox/clock/advance")
          .then()
          .body("now", is("2030-01-09T12:21:00.000Z"));
      assertThat(now(one)).isLessThan("2030");
      assertThat(memberId(other, "ana"))
          .isEqualTo(given().get(other + "/sandbox/seed").path("two.members[0].memberId"))
          .isNotEqualTo(ana);
      given().post(other + "/sandbox/reset").then().statusCode(204);
      assertThat(memberId(one, "ana")).isEqualTo(ana);

      List<Map<String, String>> all =
          given().get(first + "/sandbox/sandboxes").then().extract().path("data");
      assertThat(all).hasSize(2);
      given()
          .delete(first + "/sandbox/sandboxes/" + all.getFirst().get("id"))
          .then()
          .statusCode(204);
      given().get(first + "/sandbox/sandboxes").then().body("data.size()", is(1));
      assertThat(folder.resolve(".stillpoint/beside").toFile().list()).hasSize(1);
      processes = app.handle().descendants().toList();
      given().get(first + "/sandbox/seed").then().statusCode(not(200));
    }
    for (ProcessHandle process : processes) {
      process.onExit().get(Duration.ofSeconds(60).toSeconds(), TimeUnit.SECONDS);
    }
  }
}
