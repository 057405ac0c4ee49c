package org.stillpoint.reflection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.is;
import static org.stillpoint.testkit.Api.as;
import static org.stillpoint.testkit.Api.wrongly;

import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.stillpoint.testkit.Agreements;
import org.stillpoint.testkit.AtOnce;
import org.stillpoint.testkit.CheckIns;
import org.stillpoint.testkit.Couple;
import org.stillpoint.testkit.Json;
import org.stillpoint.testkit.Person;
import org.stillpoint.testkit.Reflections;
import org.stillpoint.testkit.SandboxClock;
import org.stillpoint.testkit.StillpointTest;

/** Prompts come by what is the member's own, few, gently and not over and over. */
@StillpointTest
class SuggestionTest {
  private Couple couple;
  private Person ana;

  @BeforeEach
  void aFreshCouple() {
    couple = Couple.create();
    ana = couple.ana();
  }

  private static JsonPath suggested(Person person, String query) {
    return as(person)
        .get("/v1/prompts/suggestions" + query)
        .then()
        .statusCode(200)
        .extract()
        .as(Json.class, Json.READER);
  }

  private static List<String> ids(Person person) {
    return suggested(person, "").getList("suggestions.prompt.id");
  }

  private static Set<String> reasons(Person person, String query) {
    List<List<String>> codes = suggested(person, query).getList("suggestions.because.code");
    Set<String> all = new HashSet<>();
    codes.forEach(all::addAll);
    return all;
  }

  @Test
  void aDayHasItsListWhateverHappensInItAndTheNextHasAnother() {
    List<String> first = ids(ana);
    Agreements.proposed(couple, couple.ben(), Agreements.permits(couple, "touch", "holding-hands"));

    assertThat(first).hasSize(Suggestions.A_DAY);
    assertThat(ids(ana)).isEqualTo(first);
    SandboxClock.advance(Duration.ofDays(1));
    assertThat(ids(ana)).doesNotContainAnyElementsOf(first);
  }

  @Test
  void noneComesTwiceWithinAFortnight() {
    Set<String> seen = new HashSet<>();
    for (int day = 0; day < Suggestions.NO_REPEAT_DAYS; day++) {
      List<String> today = new ArrayList<>(ids(ana));
      assertThat(today).isNotEmpty();
      if (day < 7) {
        today.addAll(suggested(ana, "?about=incident").getList("suggestions.prompt.id"));
      }
      assertThat(today).doesNotHaveDuplicates().noneMatch(seen::contains);
      seen.addAll(today);
      SandboxClock.advance(Duration.ofDays(1));
    }

    assertThat(seen).hasSizeGreaterThan(30);
  }

  /** Fourteen days of a pause are the longest that nothing may be repeated. */
  @Test
  void onlyGentleOnesComeWhileAnybodyPauses() {
    String before = suggested(ana, "").getString("gentleOnly");
    couple.tap(couple.ben());

    assertThat(before).isEqualTo("false");
    for (int day = 0; day < Suggestions.NO_REPEAT_DAYS; day++) {
      JsonPath answer = suggested(ana, "?as=responsible&about=incident");
      assertThat(answer.getBoolean("gentleOnly")).isTrue();
      List<String> intensities = answer.getList("suggestions.prompt.intensity");
      assertThat(intensities).isNotEmpty().containsOnly("gentle");
      SandboxClock.advance(Duration.ofDays(1));
    }
  }

  @Test
  void whoeverRaisedAPauseAndWhoeverGotItAreAskedOtherThings() {
    couple.lift(ana, couple.tap(ana)).then().statusCode(200);

    assertThat(reasons(ana, "")).contains("pauseRaised").doesNotContain("pauseReceived");
    assertThat(reasons(couple.ben(), "")).contains("pauseReceived").doesNotContain("pauseRaised");
  }

  @Test
  void aProposalAsksOnlyThoseToWhomItWasMade() {
    Agreements.proposed(couple, couple.ben(), Agreements.permits(couple, "touch", "holding-hands"));

    assertThat(reasons(ana, "")).contains("proposalReceived");
    assertThat(reasons(couple.ben(), "")).doesNotContain("proposalReceived");
  }

  @Test
  void aCheckInIsAheadUntilItOpensAndRevealedOnceAllHaveAnswered() {
    JsonPath planned = CheckIns.scheduled(couple, ana);
    assertThat(reasons(ana, "")).contains("checkInAhead");

    String id = planned.getString("id");
    CheckIns.allReady(couple, id, ana, couple.ben());
    String item = CheckIns.item(planned, "sealed");
    CheckIns.answer(couple, ana, id, item, "Hers");
    CheckIns.answer(couple, couple.ben(), id, item, "His");

    assertThat(reasons(couple.ben(), ""))
        .contains("checkInRevealed")
        .doesNotContain("checkInAhead");
  }

  @ParameterizedTest
  @ValueSource(strings = {"top", "bottom"})
  void aLabelBringsItsOwnAndNoneOfTheOther(String label) {
    as(ana)
        .contentType(ContentType.JSON)
        .body(Map.of("roleLabel", label))
        .patch("/v1/me")
        .then()
        .statusCode(200);
    Set<List<String>> roles = new HashSet<>();
    for (int day = 0; day < Suggestions.NO_REPEAT_DAYS; day++) {
      roles.addAll(suggested(ana, "").getList("suggestions.prompt.roles"));
      SandboxClock.advance(Duration.ofDays(1));
    }

    assertThat(roles)
        .anyMatch(all -> all.contains(label))
        .allMatch(all -> all.contains(label) || all.contains("any"));
  }

  @Test
  @Tag("S24")
  void hurtOrResponsibleIsNobodyButByTheirOwnWord() {
    assertThat(reasons(ana, "?as=hurt")).contains("saidNow");
    List<List<String>> hers = suggested(ana, "?as=hurt").getList("suggestions.prompt.roles");
    assertThat(hers).anyMatch(roles -> roles.contains("hurt"));

    List<List<String>> his = suggested(couple.ben(), "").getList("suggestions.prompt.roles");

    assertThat(his).noneMatch(roles -> roles.contains("responsible") || roles.contains("hurt"));
  }

  /** Its words may rest on it: to be asked about a step that was never proposed is odd at best. */
  @ParameterizedTest
  @CsvSource({"as=hurt, ''", "as=responsible, ''", "about=incident, incident"})
  void whatRestsOnSomethingThatHasNotHappenedIsNotAsked(String query, String said) {
    for (int day = 0; day < 5; day++) {
      List<List<String>> triggers =
          suggested(ana, "?" + query).getList("suggestions.prompt.triggers");
      assertThat(triggers).isNotEmpty().allMatch(all -> all.isEmpty() || all.contains(said));
      SandboxClock.advance(Duration.ofDays(1));
    }
  }

  @Test
  void whatOneHasJustSaidComesBeforeTheRest() {
    Agreements.proposed(couple, couple.ben(), Agreements.permits(couple, "touch", "holding-hands"));

    List<List<String>> because =
        suggested(ana, "?about=incident").getList("suggestions.because.code");

    assertThat(because).hasSize(Suggestions.A_DAY).allMatch(codes -> codes.contains("saidNow"));
  }

  @ParameterizedTest
  @CsvSource({"as=top, ?as", "about=weather, ?about"})
  void whatNobodyCanSayIsRefused(String query, String parameter) {
    wrongly(ana)
        .get("/v1/prompts/suggestions?" + query)
        .then()
        .statusCode(400)
        .body("errors[0].parameter", is(parameter));
  }

  @ParameterizedTest
  @CsvSource({"de, Es passt", "es, Encaja", "en, It fits"})
  void eachIsSaidWithItsReasonInTheLanguageAskedFor(String language, String reason) {
    as(ana)
        .header("Accept-Language", language)
        .get("/v1/prompts/suggestions")
        .then()
        .header("Content-Language", is(language));
    List<List<String>> texts =
        as(ana)
            .header("Accept-Language", language)
            .get("/v1/prompts/suggestions")
            .then()
            .extract()
            .path("suggestions.because.text");

    assertThat(texts).isNotEmpty().allMatch(one -> one.getFirst().startsWith(reason));
  }

  @Test
  void twoAppsThatAskAtOnceGetTheSame() {
    Set<List<String>> lists = ConcurrentHashMap.newKeySet();
    AtOnce.each(List.of(1, 2, 3, 4), app -> lists.add(ids(ana)));

    assertThat(lists).hasSize(1);
  }

  /** What is on the other's mind is nobody's to find out by what is suggested. */
  @Test
  @Tag("S23")
  void whatTheOtherKeepsOrIsAskedChangesNothing() {
    List<String> before = ids(couple.ben());
    Reflections.kept(ana, "Hers");
    suggested(ana, "?as=hurt&about=incident");

    assertThat(ids(couple.ben())).isEqualTo(before);
    SandboxClock.advance(Duration.ofDays(1));
    assertThat(reasons(couple.ben(), "")).containsOnly("anyDay");
  }

  @Test
  void theCatalogueIsReadPageByPageInEachLanguage() {
    List<String> ids = new ArrayList<>();
    String next = "";
    do {
      JsonPath page =
          as(ana)
              .header("Accept-Language", "de")
              .get("/v1/prompts?limit=50" + next)
              .then()
              .statusCode(200)
              .header("Vary", is("Accept-Language"))
              .extract()
              .as(Json.class, Json.READER);
      ids.addAll(page.getList("data.id"));
      next = page.getBoolean("hasMore") ? "&cursor=" + page.getString("nextCursor") : null;
    } while (next != null);

    assertThat(ids).hasSize(PromptCatalogue.all().size()).doesNotHaveDuplicates();
    String etag = as(ana).get("/v1/prompts/" + ids.getFirst()).header("ETag");
    as(ana)
        .header("If-None-Match", etag)
        .get("/v1/prompts/" + ids.getFirst())
        .then()
        .statusCode(304);
    as(ana).get("/v1/prompts/nothing-here").then().statusCode(404);
  }
}
