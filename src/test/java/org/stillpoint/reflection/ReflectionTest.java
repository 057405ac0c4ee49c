package org.stillpoint.reflection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;
import static org.stillpoint.testkit.Api.as;
import static org.stillpoint.testkit.Api.wrongly;

import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.sql.Connection;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.stillpoint.testkit.Couple;
import org.stillpoint.testkit.Json;
import org.stillpoint.testkit.Person;
import org.stillpoint.testkit.Reflections;
import org.stillpoint.testkit.SandboxClock;
import org.stillpoint.testkit.StillpointTest;
import org.stillpoint.testkit.StoredWords;
import org.stillpoint.testkit.Tables;

/** A journal is its author's, in every state, until its author deletes it. */
@StillpointTest
class ReflectionTest {
  private Couple couple;
  private Person ana;

  @BeforeEach
  void aFreshCouple() {
    couple = Couple.create();
    ana = couple.ana();
  }

  @Test
  void whatIsKeptIsReadAsItWasWritten() {
    String id = Reflections.kept(ana, "I was calm until the door fell shut.");

    JsonPath read = Reflections.get(ana, id);
    assertThat(read.getString("text")).isEqualTo("I was calm until the door fell shut.");
    assertThat(read.getString("kind")).isEqualTo("rehearsal");
    assertThat(read.getString("promptId")).isEqualTo(Reflections.PROMPT);
    assertThat(read.getInt("promptVersion")).isEqualTo(1);
    assertThat(read.getList("tags")).isEqualTo(List.of("Evenings", "my work"));
    assertThat(read.getString("mood")).isEqualTo("quieter");
    assertThat(read.getString("date")).isEqualTo("2026-11-03");
  }

  @Test
  void aTextIsEnoughAndTheDayIsTodayWhereOneIs() {
    as(ana)
        .contentType(ContentType.JSON)
        .body(Map.of("timeZone", "Pacific/Kiritimati"))
        .patch("/v1/me")
        .then()
        .statusCode(200);
    String id = Reflections.save(ana, Map.of("text", "Short")).path("id");

    as(ana)
        .get(Reflections.path(id))
        .then()
        .body("kind", is("note"))
        .body("tags", empty())
        .body("promptId", nullValue())
        .body(
            "date",
            is(
                SandboxClock.now()
                    .atZone(ZoneId.of("Pacific/Kiritimati"))
                    .toLocalDate()
                    .toString()));
  }

  @Test
  void ofTwoAppsThatWriteAnewTheSecondHasToReadFirst() {
    String id = Reflections.kept(ana, "First");
    String etag = as(ana).get(Reflections.path(id)).header("ETag");

    String next =
        Reflections.change(ana, id, etag, Map.of("text", "Second"))
            .then()
            .statusCode(200)
            .body("text", is("Second"))
            .body("tags", empty())
            .extract()
            .header("ETag");
    Reflections.change(ana, id, etag, Map.of("text", "Third")).then().statusCode(412);
    wrongly(ana)
        .contentType(ContentType.JSON)
        .body(Map.of("text", "Third"))
        .put(Reflections.path(id))
        .then()
        .statusCode(428);

    assertThat(Reflections.get(ana, id).getString("text")).isEqualTo("Second");
    as(ana).header("If-None-Match", next).get(Reflections.path(id)).then().statusCode(304);
  }

  @Test
  void anAnswerKeepsItsPromptUntilItIsTakenOutAndItsDayAndKind() {
    String id = Reflections.kept(ana, "First");

    Reflections.change(ana, id, "*", Reflections.saying("Second"))
        .then()
        .statusCode(200)
        .body("promptVersion", is(1));
    Reflections.change(ana, id, "*", Map.of("text", "Third"))
        .then()
        .statusCode(200)
        .body("promptId", nullValue())
        .body("kind", is("rehearsal"))
        .body("date", is("2026-11-03"));
  }

  @Test
  void aJournalHoldsSoMuchAndNoMore() throws Exception {
    Tables.change(
        "insert into reflection (member_id, id, about, text, created_at, changed_at, changes)"
            + " select ?, uuidv7(), '', '', now(), now(), 0 from generate_series(1, ?)",
        ana.id(),
        ReflectionService.MOST);

    Reflections.save(ana, Map.of("text", "One more"))
        .then()
        .statusCode(409)
        .body("code", is("journal-full"));

    assertThat(Tables.read("select count(*) from reflection where member_id = ?", ana.id()))
        .isEqualTo(Integer.toString(ReflectionService.MOST));
  }

  @Test
  void aJournalIsSearchedByTagPromptKindAndTime() {
    String old = kept(Map.of("text", "Old", "tags", List.of("Sea"), "date", "2026-01-01"));
    String recent = kept(Map.of("text", "New", "tags", List.of("sea ", "x"), "date", "2026-03-01"));
    String prompted =
        kept(Map.of("text", "P", "promptId", Reflections.PROMPT, "date", "2026-03-02"));
    String early = kept(Map.of("text", "E", "kind", "earlySigns", "date", "2026-03-03"));

    assertThat(found("")).containsExactly(early, prompted, recent, old);
    assertThat(found("?tag=SEA")).containsExactly(recent, old);
    assertThat(found("?tag=sea&from=2026-02-01")).containsExactly(recent);
    assertThat(found("?promptId=" + Reflections.PROMPT)).containsExactly(prompted);
    assertThat(found("?kind=earlySigns")).containsExactly(early);
    assertThat(found("?from=2026-03-01&to=2026-03-02")).containsExactly(prompted, recent);
    assertThat(found("?to=2026-01-01")).containsExactly(old);
    assertThat(found("?tag=se")).isEmpty();
  }

  private String kept(Map<String, Object> reflection) {
    return Reflections.save(ana, reflection).then().statusCode(201).extract().path("id");
  }

  private List<String> found(String query) {
    return as(ana)
        .get("/v1/reflections" + query)
        .then()
        .statusCode(200)
        .extract()
        .as(Json.class, Json.READER)
        .getList("data.id");
  }

  /** Also where a page is filled from far apart, since what doesn't match lies between. */
  @Test
  void pagesOfASearchFollowEachOtherWithoutAGap() {
    List<String> kept = new ArrayList<>();
    for (int i = 0; i < 9; i++) {
      String tag = i % 2 == 0 ? "even" : "odd";
      String id = kept(Map.of("text", "n" + i, "tags", List.of(tag)));
      if (i % 2 == 0) {
        kept.addFirst(id);
      }
    }
    List<String> seen = new ArrayList<>();
    String cursor = "";
    do {
      Response page = as(ana).get("/v1/reflections?tag=even&limit=2" + cursor);
      seen.addAll(page.path("data.id"));
      cursor = page.path("hasMore") ? "&cursor=" + page.path("nextCursor") : null;
    } while (cursor != null);

    assertThat(seen).isEqualTo(kept);
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "{}, 400",
        "{\"text\": \"\"}, 400",
        "{\"text\": \"a\"; \"kind\": \"diary\"}, 400",
        "{\"text\": \"a\"; \"promptId\": \"nothing-here\"}, 400",
        "{\"text\": \"a\"; \"date\": \"2026-02-30\"}, 400",
        "{\"text\": \"a\"; \"date\": \"+12026-01-01\"}, 400",
        "{\"text\": \"a\"; \"tags\": [\"\"]}, 400",
        "{\"text\": \"a\"; \"score\": 3}, 400"
      })
  void whatCantBeUnderstoodIsNotKept(String body, int status) {
    wrongly(ana)
        .contentType(ContentType.JSON)
        .body(body.replace(';', ','))
        .post("/v1/reflections")
        .then()
        .statusCode(status);

    assertThat(found("")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"kind=diary", "from=yesterday", "to=2026-13-01"})
  void aBadQuestionIsSaidToBeOne(String query) {
    wrongly(ana)
        .get("/v1/reflections?" + query)
        .then()
        .statusCode(400)
        .body("code", is("validation-failed"));
  }

  @Test
  @Tag("S23")
  @Tag("S34")
  void toAnybodyElseItIsAsIfItWereNot() {
    String id = Reflections.kept(ana, "Hers alone");
    for (Person other : List.of(couple.ben(), Person.stranger("mallory"))) {
      for (String method : List.of("GET", "DELETE")) {
        String hers = as(other).request(method, Reflections.path(id)).asString();
        String none =
            as(other).request(method, Reflections.path(UUID.randomUUID().toString())).asString();
        assertThat(withoutIds(hers)).isEqualTo(withoutIds(none));
      }
      Reflections.change(other, id, "*", Map.of("text", "His")).then().statusCode(404);
      Reflections.share(other, id, couple.relationship(), ana).then().statusCode(404);
      as(other).get(Reflections.path(id) + "/snapshots").then().statusCode(404);
      as(other).get("/v1/reflections").then().body("data", empty());
    }

    assertThat(Reflections.get(ana, id).getString("text")).isEqualTo("Hers alone");
  }

  private static String withoutIds(String answer) {
    return answer.replaceAll("[0-9a-f-]{36}", "an id").replaceAll("\"requestId\":\"[^\"]*\"", "");
  }

  /** It belongs to no relationship: a pause, an end and a beginning leave it as it is. */
  @Test
  @Tag("S10")
  void aJournalIsKeptInEveryState() {
    couple.tap(couple.ben());
    String id = Reflections.kept(ana, "While he pauses");
    couple.leave(ana);

    String after = Reflections.kept(ana, "After she has left");

    assertThat(found("")).containsExactly(after, id);
  }

  @Test
  @Tag("S33")
  void neitherWordsNorTagsNorPromptAreReadableInTheDatabase() throws Exception {
    Reflections.save(
            ana,
            Map.of(
                "text",
                "canary-text",
                "tags",
                List.of("canary-tag"),
                "mood",
                "canary-mood",
                "promptId",
                Reflections.PROMPT,
                "kind",
                "rehearsal"))
        .then()
        .statusCode(201);
    String shared = Reflections.kept(ana, "canary-shared");
    Reflections.shared(couple, shared);
    as(ana).get("/v1/prompts/suggestions?as=hurt").then().statusCode(200);

    for (String words : List.of("canary", Reflections.PROMPT, "rehearsal", "REHEARSAL", "HURT")) {
      assertThat(StoredWords.columnsWith(words)).as(words).isEmpty();
    }
  }

  @Test
  @Tag("S23")
  void whatIsDeletedIsGoneWithItsCopies() throws Exception {
    String id = Reflections.kept(ana, "Gone soon");
    Reflections.shared(couple, id);

    as(ana).delete(Reflections.path(id)).then().statusCode(204);

    as(ana).get(Reflections.path(id)).then().statusCode(404);
    as(couple.ben()).get(couple.path("/snapshots")).then().body("data", empty());
    try (Connection owner = Tables.connect()) {
      assertThat(Tables.column(owner, "select 1 from reflection where id = '" + id + "'"))
          .isEmpty();
      assertThat(
              Tables.column(
                  owner, "select 1 from reflection_snapshot where reflection_id = '" + id + "'"))
          .isEmpty();
    }
  }

  @Test
  void theWholeJournalIsErasedByWhoeverHasJustLoggedIn() {
    String id = Reflections.kept(ana, "One");
    Reflections.kept(ana, "Two");
    Reflections.shared(couple, id);
    Person before = ana.with(Map.of("loggedInSecondsAgo", 600));

    as(before).delete("/v1/reflections").then().statusCode(401);
    assertThat(found("")).hasSize(2);
    as(ana).delete("/v1/reflections").then().statusCode(204);

    assertThat(found("")).isEmpty();
    as(couple.ben()).get(couple.path("/snapshots")).then().body("data", empty());
  }

  /** The text that a POST stores under its key would outlive what it has made. */
  @Test
  @Tag("S35")
  void aRepeatedPostKeepsOneAndRepeatsNoWords() {
    List<String> answers = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      answers.add(
          as(ana)
              .contentType(ContentType.JSON)
              .header("Idempotency-Key", "the-same")
              .body(Map.of("text", "Once"))
              .post("/v1/reflections")
              .then()
              .statusCode(201)
              .extract()
              .asString());
    }

    assertThat(answers.get(1)).isEqualTo(answers.getFirst()).doesNotContain("Once");
    assertThat(found("")).hasSize(1);
  }
}
