package org.stillpoint.checkin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.emptyString;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;
import static org.stillpoint.testkit.Api.as;
import static org.stillpoint.testkit.Api.wrongly;

import io.restassured.response.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.stillpoint.api.paging.Cursor;
import org.stillpoint.testkit.Json;
import org.stillpoint.testkit.Person;
import org.stillpoint.testkit.PlainHttp;
import org.stillpoint.testkit.PlainHttp.Answer;
import org.stillpoint.testkit.PlainHttp.Call;
import org.stillpoint.testkit.StillpointTest;

/** Whoever wants to plan a talk finds a way to begin it, in a language of their own. */
@StillpointTest
class CheckInTemplateTest {
  private static final String LIST = "/v1/check-in-templates";
  private static final String ONE = LIST + "/{templateId}";

  private Person ana;

  @BeforeEach
  void somebody() {
    ana = Person.stranger("ana");
  }

  private Response get(String id, String language) {
    return as(ana).header("Accept-Language", language).get(ONE, id);
  }

  @Test
  void aTemplateSaysAllThatATalkNeeds() {
    get("after-closeness", "en")
        .then()
        .statusCode(200)
        .body("title", is("After closeness"))
        .body("durationSeconds", is(2400))
        .body("readiness.durationSeconds", is(300))
        .body("readiness.questions", hasSize(2))
        .body("items.id", contains("felt-good", "did-not", "should-change"))
        .body("items.durationSeconds", contains(300, 600, 600))
        .body("items.turns", everyItem(is(true)))
        .body("items.answers", everyItem(is("sealed")))
        .body("items[1].questions", hasSize(2))
        .body("decision.durationSeconds", is(300))
        .body("next.afterDays", is(7))
        .body("closing.durationSeconds", is(300));
  }

  @Test
  void nothingHasToBeDecided() {
    get("ordinary-rhythm", "en").then().statusCode(200).body("decision", nullValue());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "de-AT, en;q=0.5 | de | Nach der Nähe",
        "es | es | Después de la cercanía",
        "en-GB | en | After closeness",
        "fr | en | After closeness",
        "* | en | After closeness"
      })
  void itIsSaidInTheLanguageThatIsAskedFor(String asked, String tag, String title) {
    get("after-closeness", asked)
        .then()
        .statusCode(200)
        .header("Content-Language", tag)
        .header("Vary", "Accept-Language")
        .body("language", is(tag))
        .body("title", is(title));
    as(ana)
        .header("Accept-Language", asked)
        .get(LIST)
        .then()
        .statusCode(200)
        .header("Content-Language", tag)
        .header("Vary", "Accept-Language")
        .body("data.language", everyItem(is(tag)))
        .body("data.find { it.id == 'after-closeness' }.title", is(title));
  }

  @ParameterizedTest
  @ValueSource(strings = {"en", "de", "es"})
  void theListSaysTheSameAsEachOfItsTemplates(String language) {
    List<Map<String, Object>> list =
        as(ana)
            .header("Accept-Language", language)
            .get(LIST)
            .as(Json.class, Json.READER)
            .getList("data");

    assertThat(list).hasSize(TemplateCatalogue.all().size());
    for (Map<String, Object> template : list) {
      assertThat(
              get(String.valueOf(template.get("id")), language)
                  .as(Json.class, Json.READER)
                  .getMap(""))
          .isEqualTo(template);
    }
  }

  @Test
  void theListIsReadPageByPage() {
    List<String> ids = new ArrayList<>();
    @Nullable String cursor = null;
    int pages = 0;
    do {
      Response page =
          cursor == null
              ? as(ana).queryParam("limit", 3).get(LIST)
              : as(ana).queryParam("limit", 3).queryParam("cursor", cursor).get(LIST);
      page.then().statusCode(200);
      ids.addAll(page.as(Json.class, Json.READER).getList("data.id"));
      cursor = page.path("nextCursor");
      boolean more = page.path("hasMore");
      assertThat(more).isEqualTo(cursor != null);
      assertThat(page.header("Link") != null).isEqualTo(more);
      pages++;
    } while (cursor != null);

    assertThat(pages).isEqualTo(3);
    assertThat(ids)
        .containsExactlyElementsOf(TemplateCatalogue.all().stream().map(Template::id).toList());
  }

  @Test
  void whoHasItAlreadyIsToldSo() {
    String tag = get("follow-up", "de").header("ETag");
    assertThat(tag).isEqualTo("\"1-de\"");

    as(ana)
        .header("Accept-Language", "de")
        .header("If-None-Match", tag)
        .get(ONE, "follow-up")
        .then()
        .statusCode(304)
        .header("ETag", tag)
        .header("Content-Language", "de")
        .header("Vary", "Accept-Language")
        .body(emptyString());
    as(ana)
        .header("Accept-Language", "es")
        .header("If-None-Match", tag)
        .get(ONE, "follow-up")
        .then()
        .statusCode(200)
        .header("ETag", "\"1-es\"")
        .body("language", is("es"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"follow-ups", "FOLLOW-UP", "follow-up.title", "01939a00", "%20", "..."})
  @Tag("S34")
  void whatIsNoTemplateIsAnsweredLikeAllElseThatIsNotThere(String id) {
    Map<String, String> login = Map.of("Authorization", "Bearer " + ana.token());

    Answer none = PlainHttp.send(new Call("GET", LIST + "/" + id, login));
    Answer nothing =
        PlainHttp.send(new Call("GET", "/v1/relationships/" + UUID.randomUUID(), login));

    assertThat(none.status()).isEqualTo(404);
    assertThat(comparable(none)).isEqualTo(comparable(nothing));
  }

  private static String comparable(Answer answer) {
    Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    headers.putAll(answer.headers());
    List.of("Request-Id", "RateLimit", "Date").forEach(headers::remove);
    return answer.status()
        + "\n"
        + headers
        + "\n"
        + answer.body().replaceAll("\"requestId\":\"[^\"]+\"", "\"requestId\":\"\"");
  }

  @Test
  void aPageBehindTheLastIsEmptyAndOneThatNeverWasIsRefused() {
    long last = TemplateCatalogue.all().size();
    as(ana)
        .queryParam("cursor", new Cursor.ByNumber(last).encode())
        .get(LIST)
        .then()
        .statusCode(200)
        .body("data", is(empty()))
        .body("hasMore", is(false));
    for (long forged : new long[] {-1, last + 1, Long.MIN_VALUE, Long.MAX_VALUE}) {
      wrongly(ana)
          .queryParam("cursor", new Cursor.ByNumber(forged).encode())
          .get(LIST)
          .then()
          .statusCode(400)
          .body("code", is("cursor-invalid"));
    }
  }
}
