package org.stillpoint.transaction;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.stillpoint.testkit.Api.as;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusMock;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.stillpoint.testkit.CapturedLog;
import org.stillpoint.testkit.Couple;
import org.stillpoint.testkit.Json;
import org.stillpoint.testkit.Limits;
import org.stillpoint.testkit.Person;
import org.stillpoint.testkit.StillpointTest;

/** The last room is for pauses; what ends something works to the last. */
@SuppressWarnings("NullAway.Init")
@StillpointTest
class StorageTest {
  private static final long LITTLE = 200L << 20;
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  @TestHTTPResource(value = "/metrics", management = true)
  URI metrics;

  @TestHTTPResource(value = "/health/ready", management = true)
  URI ready;

  private final AtomicLong free = new AtomicLong(Long.MAX_VALUE);
  private Couple couple;
  private Person witness;

  @BeforeEach
  void aCoupleWithRoom() {
    couple = Couple.create();
    witness = Person.adult("witness");
    QuarkusMock.installMockForType(
        new FreeSpace() {
          @Override
          long bytes(Path folder) {
            return free.get();
          }
        },
        FreeSpace.class);
  }

  @AfterEach
  void roomForTheOthers() throws InterruptedException {
    leave(Long.MAX_VALUE);
  }

  /** Lets so much be free, and waits until that is noticed. */
  private void leave(long bytes) throws InterruptedException {
    free.set(bytes);
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (as(witness).put("/v1/me/adult-attestation").statusCode()
        != (bytes == LITTLE ? 507 : 200)) {
      assertThat(System.nanoTime()).isLessThan(deadline);
      Thread.sleep(50);
    }
  }

  @Test
  @Tag("S1")
  void aTapIsStoredWhereNothingElseGrows() throws Exception {
    String key =
        as(couple.ana()).post(couple.path("/tap-keys")).as(Json.class, Json.READER).get("key");
    leave(LITTLE);

    assertRefused(as(couple.ana()).put("/v1/me/adult-attestation"));
    assertRefused(
        as(couple.ana())
            .contentType(ContentType.JSON)
            .body(Map.of("displayName", "Ana"))
            .patch("/v1/me"));
    assertRefused(as(couple.ana()).post("/v1/relationships"));
    assertRefused(as(couple.ana()).post(couple.path("/invitations")));
    assertRefused(as(couple.ana()).post(couple.path("/tap-keys")));

    UUID pause = couple.tap(couple.ana());
    assertThat(couple.state(couple.ben())).isEqualTo("paused");
    assertRefused(as(couple.ben()).put(couple.path("/pauses/" + pause + "/acknowledgement")));
    couple.lift(couple.ana(), pause).then().statusCode(200);
    given().header("Tap-Key", key).post("/v1/taps").then().statusCode(200);
    assertThat(couple.state(couple.ben())).isEqualTo("paused");
    given().get(ready).then().statusCode(200);
  }

  private static void assertRefused(Response response) {
    response
        .then()
        .statusCode(507)
        .header("Retry-After", is("60"))
        .body("code", is("storage-full"));
  }

  @Test
  @Tag("S10")
  void leavingAndRevokingWork() throws Exception {
    JsonPath key =
        as(couple.ana())
            .post(couple.path("/tap-keys"))
            .then()
            .extract()
            .as(Json.class, Json.READER);
    UUID pause = couple.tap(couple.ana());
    as(couple.ana().through("old-phone")).get("/v1/me").then().statusCode(200);
    String app =
        as(couple.ana())
            .get("/v1/me/clients")
            .as(Json.class, Json.READER)
            .get("data.find { it.clientId == 'old-phone' }.id");
    leave(LITTLE);

    as(couple.ana()).delete(couple.path("/tap-keys/" + key.getString("id"))).then().statusCode(204);
    as(couple.ana()).delete("/v1/me/clients/" + app).then().statusCode(204);
    as(couple.ana()).post("/v1/me/clients/{id}/readmission", app).then().statusCode(200);
    as(couple.ana())
        .contentType(ContentType.JSON)
        .body(Map.of("pauseEventDays", 30))
        .patch("/v1/me/retention")
        .then()
        .statusCode(200);
    couple.leave(couple.ana());
    as(couple.ben()).get(couple.path("/pauses/" + pause)).then().body("state", is("ended"));
    as(couple.ana()).delete("/v1/me").then().statusCode(204);
    as(couple.ben()).post("/v1/me/exit").then().statusCode(200).body("state", is("ready"));
  }

  @Test
  @Tag("S10")
  void limitsAreDrawnAndMoved() throws Exception {
    Map<String, Object> hard = Limits.hard("touch", "Also not as a joke", "tickling");
    leave(LITTLE);

    String id =
        Limits.draw(couple, couple.ana(), Limits.with(hard, "strength", "soft")).getString("id");
    Limits.change(couple, couple.ana(), id, "*", hard).then().statusCode(200);
    Limits.end(couple, couple.ana(), id, "*").then().statusCode(202);
    Limits.cancelEasing(couple, couple.ana(), id).then().statusCode(200);

    Limits.get(couple, couple.ben(), id).then().statusCode(200).body("strength", is("hard"));
  }

  @Test
  @Tag("S10")
  void anExportIsTakenAndMadeWhenThereIsRoom() throws Exception {
    leave(LITTLE);

    Response asked = as(couple.ana()).post("/v1/me/exports");
    asked.then().statusCode(202);
    Thread.sleep(1_500);
    String export = "/v1/me/exports/" + asked.path("id");
    as(couple.ana()).get(export).then().statusCode(200).body("state", is("queued"));

    leave(Long.MAX_VALUE);
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!"ready".equals(as(couple.ana()).get(export).as(Json.class, Json.READER).get("state"))) {
      assertThat(System.nanoTime()).isLessThan(deadline);
      Thread.sleep(100);
    }
  }

  @Test
  void theOperatorIsToldOnceEachWay() throws Exception {
    CapturedLog log = CapturedLog.begin();
    try {
      leave(LITTLE);
      given().get(metrics).then().body(containsString("stillpoint_storage_free_bytes 2.097152E8"));
      Thread.sleep(2_500);
      leave(Long.MAX_VALUE);
      Thread.sleep(1_500);

      assertThat(log.text().lines().toList())
          .filteredOn(line -> line.contains("for the database"))
          .hasSize(2)
          .anyMatch(line -> line.contains("Only 200 MB are left"))
          .anyMatch(line -> line.contains("again: everything is stored"));
    } finally {
      log.close();
    }
  }
}
