package org.stillpoint.reflection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;
import static org.stillpoint.testkit.Api.as;
import static org.stillpoint.testkit.Api.wrongly;

import io.restassured.http.ContentType;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.stillpoint.testkit.AtOnce;
import org.stillpoint.testkit.Couple;
import org.stillpoint.testkit.EventStreamClient;
import org.stillpoint.testkit.Person;
import org.stillpoint.testkit.Reflections;
import org.stillpoint.testkit.StillpointTest;
import org.stillpoint.testkit.StoredWords;
import org.stillpoint.testkit.Tables;

/** A copy is what its author has shared, with whom, until the author thinks better of it. */
@StillpointTest
class SnapshotTest {
  private Couple couple;
  private Person ana;
  private Person ben;
  private String id;

  @BeforeEach
  void aReflectionOfAnas() {
    couple = Couple.create();
    ana = couple.ana();
    ben = couple.ben();
    id = Reflections.kept(ana, "I was calm until the door fell shut.");
  }

  @Test
  void aCopyIsOfTheMomentAndOfTheTextAlone() {
    String shared = Reflections.shared(couple, id);
    Reflections.change(ana, id, "*", Map.of("text", "Written anew")).then().statusCode(200);

    as(ben)
        .get(couple.path("/snapshots/" + shared))
        .then()
        .statusCode(200)
        .body("text", is("I was calm until the door fell shut."))
        .body("authorId", is(ana.id().toString()))
        .body("promptId", nullValue())
        .body("keySet()", hasSize(4));
    as(ben).get(couple.path("/snapshots")).then().body("data.id", is(List.of(shared)));
    as(ana)
        .get(Reflections.path(id) + "/snapshots")
        .then()
        .body("data.id", is(List.of(shared)))
        .body("data[0].memberIds", is(List.of(ben.id().toString())));
  }

  @Test
  void itsAuthorMayTellWhichPromptItAnswers() {
    as(ana)
        .contentType(ContentType.JSON)
        .body(
            Map.of(
                "relationshipId", couple.relationship(),
                "memberIds", List.of(ben.id()),
                "withPrompt", true))
        .post(Reflections.path(id) + "/snapshots")
        .then()
        .statusCode(201);

    as(ben)
        .get(couple.path("/snapshots"))
        .then()
        .body("data[0].promptId", is(Reflections.PROMPT))
        .body("data[0].promptVersion", is(1));
  }

  @Test
  @Tag("S23")
  @Tag("S34")
  void onlyThoseForWhomItIsGetIt() {
    Person cleo = Person.adult("cleo");
    couple.welcome(cleo);
    String shared = Reflections.shared(couple, id);

    as(cleo).get(couple.path("/snapshots")).then().statusCode(200).body("data", empty());
    as(cleo).get(couple.path("/snapshots/" + shared)).then().statusCode(404);
    as(ana)
        .get(couple.path("/snapshots/" + shared))
        .then()
        .statusCode(200)
        .body("reflectionId", is(id));
    as(ben).delete(Reflections.path(id) + "/snapshots/" + shared).then().statusCode(404);
    as(ben).delete(Reflections.path(id) + "/snapshots").then().statusCode(404);
    as(ben).get(couple.path("/snapshots/" + shared)).then().statusCode(200);
  }

  @Test
  @Tag("S23")
  void aRecalledCopyIsGoneFromEveryTable() throws Exception {
    String first = Reflections.shared(couple, id);
    String second = Reflections.shared(couple, id);

    as(ana).delete(Reflections.path(id) + "/snapshots/" + first).then().statusCode(204);

    assertThat(StoredWords.columnsWith(first)).isEmpty();
    as(ben).get(couple.path("/snapshots/" + first)).then().statusCode(404);
    as(ben).get(couple.path("/snapshots")).then().body("data.id", is(List.of(second)));
    as(ana).delete(Reflections.path(id) + "/snapshots/" + first).then().statusCode(404);
    as(ana).delete(Reflections.path(id) + "/snapshots").then().statusCode(204);
    assertThat(StoredWords.columnsWith(second)).isEmpty();
    as(ben).get(couple.path("/snapshots")).then().body("data", empty());
    as(ana).get(Reflections.path(id)).then().statusCode(200);
  }

  /** To give somebody something to read is to want something of them. */
  @Test
  @Tag("S9")
  void nothingIsSharedWithWhoeverPausesAndAllIsRecalled() {
    String shared = Reflections.shared(couple, id);
    couple.tap(ben);

    Reflections.share(ana, id, couple.relationship(), ben)
        .then()
        .statusCode(409)
        .body("code", is("relationship-paused"));
    as(ana).delete(Reflections.path(id) + "/snapshots/" + shared).then().statusCode(204);

    as(ben).get(couple.path("/snapshots")).then().body("data", empty());
  }

  @Test
  @Tag("S9")
  void ofAPauseAndACopyAtOnceTheCopyIsBeforeItOrNotAtAll() {
    for (int round = 0; round < 8; round++) {
      Couple two = Couple.create();
      String hers = Reflections.kept(two.ana(), "Hers");
      AtOnce.each(
          List.<Runnable>of(
              () -> two.tap(two.ben()),
              () -> Reflections.share(two.ana(), hers, two.relationship(), two.ben())),
          Runnable::run);

      List<String> types = as(two.ben()).get("/v1/events").then().extract().path("data.type");
      int paused = types.indexOf("pause.raised");
      assertThat(types.subList(paused + 1, types.size())).doesNotContain("snapshot.shared");
      int copies = as(two.ben()).get(two.path("/snapshots")).path("data.size()");
      assertThat(copies).isEqualTo(types.contains("snapshot.shared") ? 1 : 0);
    }
  }

  /** However many apps recall it, or leave, in the same moment. */
  @Test
  @Tag("S10")
  void recallingAtOnceIsNoError() {
    for (int round = 0; round < 5; round++) {
      Reflections.shared(couple, id);
      Set<Integer> statuses = ConcurrentHashMap.newKeySet();
      AtOnce.each(
          List.of("/snapshots", "/snapshots", "", "/snapshots"),
          path -> statuses.add(as(ana).delete(Reflections.path(id) + path).statusCode()));

      assertThat(statuses).isSubsetOf(204, 404);
      as(ben).get(couple.path("/snapshots")).then().body("data", empty());
      id = Reflections.kept(ana, "Another");
    }
  }

  @Test
  @Tag("S32")
  void whoeverLeavesTakesTheirCopiesAlongAndReadsNoMore() throws Exception {
    Person cleo = Person.adult("cleo");
    couple.welcome(cleo);
    String shared = Reflections.shared(couple, id);
    String bens = Reflections.kept(ben, "His");
    String forBoth = Reflections.share(ben, bens, couple.relationship(), ana, cleo).path("id");
    String forAna = Reflections.share(ben, bens, couple.relationship(), ana).path("id");

    couple.leave(ana);

    assertThat(StoredWords.columnsWith(shared)).isEmpty();
    assertThat(StoredWords.columnsWith(forAna)).isEmpty();
    as(ana).get(couple.path("/snapshots")).then().statusCode(404);
    as(cleo).get(couple.path("/snapshots")).then().body("data.id", is(List.of(forBoth)));
    assertThat(
            Tables.read(
                "select array_to_string(reader_ids, ',') from reflection_snapshot where id = ?",
                UUID.fromString(forBoth)))
        .isEqualTo(cleo.id().toString());
    as(ana).get(Reflections.path(id)).then().statusCode(200);
  }

  @Test
  @Tag("S30")
  void whatIsToldNamesNoCopy() {
    try (EventStreamClient stream = EventStreamClient.open(ben)) {
      String shared = Reflections.shared(couple, id);
      as(ana).delete(Reflections.path(id) + "/snapshots/" + shared).then().statusCode(204);

      for (String type : List.of("snapshot.shared", "snapshot.recalled")) {
        var event = stream.next();
        assertThat(event.type()).isEqualTo(type);
        assertThat(event.data().prettify())
            .contains(couple.relationship().toString())
            .doesNotContain(shared, id, "calm");
      }
    }
  }

  @Test
  void itIsForOtherMembersOfOneRelationship() {
    Person stranger = Person.adult("stranger");
    for (Person reader : List.of(ana, stranger)) {
      Reflections.share(ana, id, couple.relationship(), ben, reader)
          .then()
          .statusCode(400)
          .body("errors[0].pointer", is("/memberIds/1"));
    }
    Reflections.share(ana, id, couple.relationship(), ben, ben).then().statusCode(400);
    wrongly(ana)
        .contentType(ContentType.JSON)
        .body(Map.of("relationshipId", couple.relationship(), "memberIds", List.of()))
        .post(Reflections.path(id) + "/snapshots")
        .then()
        .statusCode(400);
    Reflections.share(ana, id, UUID.randomUUID(), ben).then().statusCode(404);
    Couple others = Couple.create();
    Reflections.share(ana, id, others.relationship(), others.ben()).then().statusCode(404);

    as(ana).get(Reflections.path(id) + "/snapshots").then().body("data", empty());
    Stream.of(ben, others.ben())
        .forEach(person -> as(person).get("/v1/reflections").then().body("data", empty()));
  }
}
