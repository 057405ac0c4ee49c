package org.stillpoint.mallory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.stillpoint.testkit.Api.as;
import static org.stillpoint.testkit.Api.wrongly;

import jakarta.inject.Inject;
import jakarta.persistence.EntityManagerFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.hibernate.SessionFactory;
import org.hibernate.stat.Statistics;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.stillpoint.testkit.ApiDocument;
import org.stillpoint.testkit.ApiDocument.Operation;
import org.stillpoint.testkit.Couple;
import org.stillpoint.testkit.EventStreamClient;
import org.stillpoint.testkit.Json;
import org.stillpoint.testkit.Person;
import org.stillpoint.testkit.PlainHttp;
import org.stillpoint.testkit.PlainHttp.Call;
import org.stillpoint.testkit.StillpointTest;

/** Mallory looks for traces of the other: by counts, numbers, versions, errors and detours. */
@SuppressWarnings("NullAway.Init")
@StillpointTest
class TracingTest {
  @Inject EntityManagerFactory entities;

  private Couple couple;
  private Person ana;
  private Person mallory;

  @BeforeEach
  void aFreshCouple() {
    couple = Couple.create();
    ana = couple.ana();
    mallory = couple.ben();
  }

  private String tapKey(Person person) {
    return as(person)
        .post(couple.path("/tap-keys"))
        .then()
        .statusCode(201)
        .extract()
        .as(Json.class, Json.READER)
        .get("id");
  }

  @Test
  @Tag("S34")
  void aCountTellsNothingOfTheOthersThings() {
    for (int i = 0; i < 20; i++) {
      tapKey(ana);
    }

    as(mallory)
        .queryParam("limit", 1)
        .get(couple.path("/tap-keys"))
        .then()
        .body("data", is(empty()))
        .body("hasMore", is(false));
    for (int i = 0; i < 20; i++) {
      tapKey(mallory);
    }
    as(mallory).post(couple.path("/tap-keys")).then().statusCode(409);
  }

  @Test
  @Tag("S34")
  void aCursorOfTheOtherShowsOnesOwnThings() {
    Person cleo = Person.adult("cleo");
    new Couple(ana, cleo, Couple.begin(ana)).invite(ana, cleo);
    tapKey(ana);
    tapKey(ana);
    as(ana.through("second-app")).get("/v1/me").then().statusCode(200);
    couple.lift(ana, couple.tap(ana));
    for (String list : List.of("/v1/relationships", "/v1/me/clients", couple.path("/tap-keys"))) {
      String cursor = cursor(list);

      String seen = as(mallory).queryParam("cursor", cursor).get(list).asString();

      String own = as(mallory).get(list).asString();
      String anas = as(ana).get(list).asString();
      assertThat(ids(seen)).isSubsetOf(ids(own));
      assertThat(ids(seen)).noneMatch(id -> !own.contains(id) && anas.contains(id));
    }
    List<String> events =
        as(mallory)
            .queryParam("cursor", cursor("/v1/events"))
            .get("/v1/events")
            .then()
            .statusCode(200)
            .extract()
            .as(Json.class, Json.READER)
            .get("data.relationshipId");
    assertThat(events).allMatch(couple.relationship().toString()::equals);
  }

  private String cursor(String list) {
    return as(ana)
        .queryParam("limit", 1)
        .get(list)
        .then()
        .statusCode(200)
        .body("hasMore", is(true))
        .extract()
        .as(Json.class, Json.READER)
        .get("nextCursor");
  }

  private static List<String> ids(String page) {
    return io.restassured.path.json.JsonPath.from(page).getList("data.id");
  }

  @Test
  @Tag("S34")
  void aStreamResumedAtTheOthersNumberTellsOnesOwnEvents() {
    Person cleo = Person.adult("cleo");
    Couple elsewhere = new Couple(ana, cleo, Couple.begin(ana));
    elsewhere.invite(ana, cleo);
    long anas;
    try (EventStreamClient stream = EventStreamClient.open(ana)) {
      elsewhere.lift(ana, elsewhere.tap(ana));
      stream.next();
      anas = stream.next().sequence();
    }
    for (long number : List.of(0L, anas, 999_999_999L)) {
      try (EventStreamClient stream = EventStreamClient.resume(mallory, number)) {
        couple.lift(mallory, couple.tap(mallory)).then().statusCode(200);
        EventStreamClient.Received told;
        do {
          told = stream.next();
          assertThat(told.data().getString("relationshipId"))
              .isEqualTo(couple.relationship().toString());
        } while (!"pause.lifted".equals(told.type()) || !isLatest(told));
      }
    }
  }

  private boolean isLatest(EventStreamClient.Received told) {
    List<String> all = as(mallory).get("/v1/events").as(Json.class, Json.READER).get("data.id");
    return told.data().getString("id").equals(all.getLast());
  }

  @Test
  @Tag("S35")
  @Tag("S34")
  void anIdempotencyKeyOfTheOtherIsOnesOwn() throws Exception {
    String key = UUID.randomUUID().toString();
    String anas = invite(ana, key);

    assertThat(invite(mallory, key)).isNotEqualTo(anas);
    assertThat(invite(ana, key)).isEqualTo(anas);

    String raced = UUID.randomUUID().toString();
    try (var two = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<String>> race = List.of(() -> invite(ana, raced), () -> invite(mallory, raced));
      List<String> codes = new ArrayList<>();
      for (Future<String> code : two.invokeAll(race)) {
        codes.add(code.get());
      }
      assertThat(codes).doesNotHaveDuplicates();
    }
  }

  private String invite(Person person, String key) {
    return as(person)
        .header("Idempotency-Key", key)
        .post(couple.path("/invitations"))
        .then()
        .statusCode(201)
        .extract()
        .as(Json.class, Json.READER)
        .get("code");
  }

  /** A key of a request that the other may not make is not known either. */
  @Test
  @Tag("S34")
  void anIdempotencyKeyIsNoWayAroundTheDoor() {
    Person stranger = Person.adult("stranger");
    String key = UUID.randomUUID().toString();
    invite(ana, key);

    as(stranger)
        .header("Idempotency-Key", key)
        .post(couple.path("/invitations"))
        .then()
        .statusCode(404)
        .body("code", not(is("idempotency-key-reused")));
  }

  /** The right version of what isn't one's own opens nothing, and isn't told from a wrong one. */
  @Test
  @Tag("S34")
  void aVersionThatOneShouldntKnowIsLikeAnyOther() {
    Person cleo = Person.adult("cleo");
    Couple fresh = new Couple(ana, cleo, Couple.begin(ana));
    String code = fresh.invitation(ana).getString("code");
    String etag = as(mallory).get("/v1/invitations/{c}", code).header("ETag");
    Couple.join(cleo, code);

    String right = accept(code, etag);
    assertThat(right).isEqualTo(accept(code, "\"0\""));
    assertThat(right).isEqualTo(accept("0000-0000-0000-0000", etag));
    as(mallory)
        .header("If-None-Match", etag)
        .get("/v1/invitations/{c}", code)
        .then()
        .statusCode(404);
  }

  private String accept(String code, String etag) {
    return as(mallory)
        .header("If-Match", etag)
        .post("/v1/invitations/{c}/acceptance", code)
        .then()
        .statusCode(404)
        .extract()
        .asString()
        .replaceAll("\"requestId\":\"[^\"]*\"", "");
  }

  @Test
  @Tag("S34")
  void whatIsTheirsTakesAsManyStatementsAsWhatIsNotThere() {
    Estate prey = Estate.of(ana, Person.adult("cleo"));
    Person stranger = Person.adult("stranger");
    Estate own = Estate.of(stranger, Person.adult("accomplice"));
    Statistics statistics = entities.unwrap(SessionFactory.class).getStatistics();
    statistics.setStatisticsEnabled(true);
    try {
      for (Operation operation : ApiDocument.read().operations()) {
        List<String> places = Calls.idPlaces(operation);
        if (!places.isEmpty() && places.stream().noneMatch(Estate.SECRETS::contains)) {
          Map<String, String> login = Calls.credentials(operation, stranger, own);
          assertThat(statements(statistics, operation, login, prey, own))
              .as(operation.id())
              .isEqualTo(statements(statistics, operation, login, null, own));
        }
      }
    } finally {
      statistics.setStatisticsEnabled(false);
    }
  }

  /** Of the victim's thing beside one's own relationship, and of the victim's alone. */
  private static List<Long> statements(
      Statistics statistics,
      Operation operation,
      Map<String, String> login,
      @org.jspecify.annotations.Nullable Estate prey,
      Estate own) {
    List<Long> counts = new ArrayList<>();
    String last = Calls.idPlaces(operation).getLast();
    for (boolean alone : List.of(true, false)) {
      String address =
          Calls.address(
              operation,
              place -> {
                boolean victims = alone || place.equals(last);
                return victims
                    ? prey == null ? Estate.nothing(place) : prey.thing(operation, place)
                    : own.thing(operation, place);
              });
      boolean ofTheClient = last.equals(Estate.NAMED_BY_CLIENT.get(operation.id()));
      if (alone || (Calls.idPlaces(operation).size() > 1 && !ofTheClient)) {
        statistics.clear();
        assertThat(PlainHttp.send(Calls.of(operation, address, login, own)).status())
            .isEqualTo(404);
        counts.add(statistics.getPrepareStatementCount());
      }
    }
    return counts;
  }

  /** A second account is somebody else: it has what its own memberships give it. */
  @Test
  @Tag("S34")
  @Tag("S3")
  void aSecondAccountIsAStranger() {
    Person second = Person.adult("mallory-again");
    UUID pause = couple.tap(mallory);

    as(second).get(couple.path("/state")).then().statusCode(404);
    couple.lift(second, pause).then().statusCode(404);
    String code = couple.invitation(mallory).getString("code");
    as(second).get("/v1/invitations/{c}", code).then().statusCode(404);
    wrongly(second)
        .header("If-Match", "\"0\"")
        .post("/v1/invitations/{c}/acceptance", code)
        .then()
        .statusCode(404);
    as(ana).get(couple.path("/members")).then().body("data", hasSize(2));
    as(second).get("/v1/events").then().body("data", is(empty()));
  }

  /** Who has paused can't be told from the tap of somebody who tries the same id. */
  @Test
  @Tag("S34")
  void anIdOfAPauseElsewhereIsFreeToUse() {
    Person cleo = Person.adult("cleo");
    Couple elsewhere = new Couple(ana, cleo, Couple.begin(ana));
    UUID theirs = elsewhere.tap(ana);

    as(mallory)
        .put(couple.path("/pauses/" + theirs))
        .then()
        .statusCode(200)
        .body("id", is(theirs.toString()))
        .body("raiserId", is(mallory.id().toString()));
    couple.lift(mallory, theirs).then().statusCode(200);
    assertThat(elsewhere.state(ana)).isEqualTo("paused");
    assertThat(
            PlainHttp.send(
                    new Call("GET", elsewhere.path("/pauses/" + theirs), Calls.login(mallory)))
                .status())
        .isEqualTo(404);
  }
}
