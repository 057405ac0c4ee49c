package org.stillpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.stillpoint.testkit.Agreements.permits;
import static org.stillpoint.testkit.Api.as;
import static org.stillpoint.testkit.Api.wrongly;

import io.restassured.path.json.JsonPath;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.stillpoint.api.paging.Cursor;
import org.stillpoint.testkit.Agreements;
import org.stillpoint.testkit.ApiDocument;
import org.stillpoint.testkit.AppServer;
import org.stillpoint.testkit.CheckIns;
import org.stillpoint.testkit.Couple;
import org.stillpoint.testkit.Json;
import org.stillpoint.testkit.Person;
import org.stillpoint.testkit.PracticeThings;
import org.stillpoint.testkit.Reflections;
import org.stillpoint.testkit.StillpointTest;

/** Whoever makes up a cursor learns that it is none. */
@StillpointTest
class ForgedCursorTest {
  private static final Set<String> BY_NUMBER =
      Set.of("/v1/events", "/v1/check-in-templates", "/v1/prompts");
  private static final UUID ANY = UUID.randomUUID();
  private static final long YEAR_10000 = 253_402_300_800L;
  private static final long AFTER_THE_DATABASES_LAST = 9_224_318_016_000L;

  private Couple couple;

  private String checkIn;
  private String reflection;
  private PracticeThings practices;
  private AppServer app;
  private String endpoint;

  @BeforeEach
  void aFreshCouple() {
    couple = Couple.create();
    checkIn = CheckIns.scheduled(couple, couple.ana()).getString("id");
    reflection = Reflections.kept(couple.ben(), "His");
    practices = PracticeThings.of(new Couple(couple.ben(), couple.ana(), couple.relationship()));
    app = AppServer.start();
    endpoint = app.endpoint().id();
  }

  @AfterEach
  void end() {
    app.close();
  }

  /** Every list of the API that is ordered by time. */
  private Stream<String> lists() {
    return paths().filter(path -> !BY_NUMBER.contains(path) && !path.contains("{agreementId}"));
  }

  private Stream<String> paths() {
    return ApiDocument.read().operations().stream()
        .filter(operation -> operation.node().toString().contains("\"cursor\""))
        .map(this::withPractices)
        .map(path -> path.replace("{relationshipId}", couple.relationship().toString()))
        .map(path -> path.replace("{checkInId}", checkIn))
        .map(path -> path.replace("{reflectionId}", reflection))
        .map(path -> path.replace("{endpointId}", endpoint));
  }

  private String withPractices(ApiDocument.Operation operation) {
    String path = operation.path();
    for (Map.Entry<String, String> id : practices.ids(operation.id()).entrySet()) {
      path = path.replace("{" + id.getKey() + "}", id.getValue());
    }
    return path;
  }

  /** An app lists what is its own, and a member everything else. */
  private Person reader(String path) {
    return path.startsWith("/v1/webhook-endpoints") ? app.login() : couple.ben();
  }

  private void refused(String path, String cursor) {
    wrongly(reader(path))
        .queryParam("cursor", cursor)
        .get(path)
        .then()
        .statusCode(400)
        .body("code", is("cursor-invalid"));
  }

  @Test
  void noListTakesAnAbsurdYear() {
    List<String> forged =
        Stream.concat(
                LongStream.of(-1, Long.MIN_VALUE, Long.MAX_VALUE, YEAR_10000)
                    .mapToObj(ForgedCursorTest::seconds),
                Stream.of(Instant.MIN, Instant.MAX, Instant.ofEpochSecond(AFTER_THE_DATABASES_LAST))
                    .map(at -> new Cursor.ByTime(at, ANY).encode()))
            .toList();

    lists().forEach(path -> forged.forEach(cursor -> refused(path, cursor)));
  }

  /** As a cursor by time is written, also where no time has so many seconds. */
  private static String seconds(long seconds) {
    byte[] bytes = Base64.getUrlDecoder().decode(new Cursor.ByTime(Instant.EPOCH, ANY).encode());
    ByteBuffer.wrap(bytes).putLong(2, seconds);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  @Test
  void everyListTakesTheFirstAndTheLastYear() {
    lists()
        .forEach(
            path -> {
              for (Instant at : List.of(Instant.EPOCH, Instant.parse("9999-12-31T23:59:59Z"))) {
                as(reader(path))
                    .queryParam("cursor", new Cursor.ByTime(at, ANY).encode())
                    .get(path)
                    .then()
                    .statusCode(200);
              }
            });
  }

  @Test
  void theListOfEventsTakesNoNumberThatItNeverGave() {
    String last =
        as(couple.ben())
            .get("/v1/events")
            .then()
            .extract()
            .as(Json.class, Json.READER)
            .get("nextCursor");
    long number = Cursor.ByNumber.decode(last).number();

    for (long forged : new long[] {-1, Long.MIN_VALUE, Long.MAX_VALUE, number + 1}) {
      refused("/v1/events", new Cursor.ByNumber(forged).encode());
    }
    as(couple.ben())
        .queryParam("cursor", last)
        .get("/v1/events")
        .then()
        .statusCode(200)
        .body("data", is(empty()));
  }

  @Test
  void aCursorOfOneKindIsNoneOfTheOther() {
    BY_NUMBER.forEach(path -> refused(path, new Cursor.ByTime(Instant.EPOCH, ANY).encode()));
    lists().forEach(path -> refused(path, new Cursor.ByNumber(1).encode()));
  }

  @Test
  void theListsOfAnAgreementTakeNoNumberThatTheyNeverGave() {
    JsonPath version = Agreements.agreed(couple, permits(couple, "touch"));
    List<String> lists =
        paths()
            .filter(path -> path.contains("{agreementId}"))
            .map(path -> path.replace("{agreementId}", version.getString("agreementId")))
            .toList();
    assertThat(lists).hasSize(2);

    for (String list : lists) {
      for (long forged : new long[] {-1, Long.MIN_VALUE, Long.MAX_VALUE, 1_000}) {
        refused(list, new Cursor.ByNumber(forged).encode());
      }
      refused(list, new Cursor.ByTime(Instant.EPOCH, ANY).encode());
    }
  }
}
