package org.stillpoint.checkin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;
import static org.stillpoint.testkit.Api.as;

import io.restassured.path.json.JsonPath;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.stillpoint.testkit.CheckIns;
import org.stillpoint.testkit.Couple;
import org.stillpoint.testkit.Json;
import org.stillpoint.testkit.Person;
import org.stillpoint.testkit.StillpointTest;

/** What is sealed is read by nobody else until all have submitted, and can be taken back before. */
@SuppressWarnings("NullAway.Init")
@StillpointTest
@Tag("S22")
class SealedAnswerTest {
  private Couple couple;
  private Person ana;
  private Person ben;
  private String id;
  private String sealed;
  private String open;
  private String forOneself;

  @BeforeEach
  void anOpenCheckIn() {
    couple = Couple.create();
    ana = couple.ana();
    ben = couple.ben();
    look(CheckIns.open(couple, ana, ben));
  }

  private void look(JsonPath checkIn) {
    id = checkIn.getString("id");
    sealed = CheckIns.item(checkIn, "sealed");
    open = CheckIns.item(checkIn, "open");
    forOneself = CheckIns.item(checkIn, "private");
  }

  private List<String> read(Person person, String item) {
    return CheckIns.read(couple, person, id, item);
  }

  private void answer(Person person, String item, String text) {
    CheckIns.answer(couple, person, id, item, text);
  }

  private JsonPath own(Person person, String item) {
    return CheckIns.own(couple, person, id, item);
  }

  private void refused(io.restassured.response.Response answer, String code) {
    answer.then().statusCode(409).body("code", is(code));
  }

  @Test
  void nobodyReadsItUntilAllHaveAnsweredAndThenAllDo() {
    answer(ana, sealed, "It was too fast");
    assertThat(read(ben, sealed)).isEmpty();
    assertThat(read(ana, sealed)).isEmpty();
    assertThat(own(ana, sealed).getString("text")).isEqualTo("It was too fast");
    assertThat(own(ana, sealed).getBoolean("submitted")).isTrue();

    CheckIns.write(couple, ben, id, sealed, Map.of("text", "I didn't know")).then().statusCode(200);
    assertThat(read(ben, sealed)).as("a note is no answer").isEmpty();
    CheckIns.submit(couple, ben, id, sealed)
        .then()
        .statusCode(200)
        .body("submitted", is(true))
        .body("revealed", is(true));

    assertThat(read(ana, sealed)).containsExactlyInAnyOrder("It was too fast", "I didn't know");
    assertThat(read(ben, sealed)).isEqualTo(read(ana, sealed));
    assertThat(CheckIns.state(couple, ana, id)).isEqualTo("revealed");
    as(ana)
        .get("/v1/events")
        .then()
        .body("data.type.findAll { it == 'checkIn.answersRevealed' }", hasSize(1));
  }

  @Test
  void whatIsRevealedStaysAsItIs() {
    answer(ana, sealed, "It was too fast");
    answer(ben, sealed, "I didn't know");

    refused(CheckIns.takeBack(couple, ana, id, sealed), "answer-revealed");
    refused(
        CheckIns.write(couple, ana, id, sealed, Map.of("text", "It was fine")), "answer-revealed");
    refused(CheckIns.write(couple, ana, id, sealed, Map.of("onlyForMe", true)), "answer-revealed");
    refused(as(ana).delete(CheckIns.answers(couple, id, sealed) + "/me"), "answer-revealed");
    CheckIns.submit(couple, ana, id, sealed).then().statusCode(200).body("revealed", is(true));

    assertThat(read(ben, sealed)).contains("It was too fast");
    CheckIns.end(couple, ben, id, "close").then().statusCode(200);
    assertThat(read(ben, sealed)).as("after the end").contains("It was too fast");
    refused(CheckIns.takeBack(couple, ana, id, sealed), "answer-revealed");
  }

  @Test
  void whatIsTakenBackIsNotRevealed() {
    answer(ana, sealed, "It was too fast");
    CheckIns.takeBack(couple, ana, id, sealed)
        .then()
        .statusCode(200)
        .body("submitted", is(false))
        .body("text", is("It was too fast"));

    answer(ben, sealed, "I didn't know");

    assertThat(read(ben, sealed)).isEmpty();
    assertThat(CheckIns.state(couple, ben, id)).isEqualTo("open");
    CheckIns.submit(couple, ana, id, sealed).then().statusCode(200).body("revealed", is(true));
    assertThat(read(ben, sealed)).hasSize(2);
  }

  /** One has submitted what one has read, and nothing that was changed afterwards. */
  @Test
  void toWriteItAnewTakesItBack() {
    answer(ana, sealed, "It was too fast");
    CheckIns.write(couple, ana, id, sealed, Map.of("text", "It was"))
        .then()
        .statusCode(200)
        .body("submitted", is(false));

    answer(ben, sealed, "I didn't know");

    assertThat(read(ben, sealed)).isEmpty();
    CheckIns.submit(couple, ana, id, sealed).then().statusCode(200);
    assertThat(read(ben, sealed)).containsExactlyInAnyOrder("It was", "I didn't know");
  }

  @Test
  void toPassIsAnAnswerToo() {
    answer(ben, sealed, "I didn't know");
    CheckIns.write(couple, ana, id, sealed, Map.of("passes", true))
        .then()
        .statusCode(200)
        .body("passes", is(true))
        .body("text", nullValue());
    CheckIns.submit(couple, ana, id, sealed).then().statusCode(200).body("revealed", is(true));

    JsonPath answers =
        as(ben).get(CheckIns.answers(couple, id, sealed)).as(Json.class, Json.READER);
    assertThat(answers.getBoolean("answers.find { it.memberId == '" + ana.id() + "' }.passes"))
        .isTrue();
    assertThat(read(ben, sealed)).containsExactlyInAnyOrder(null, "I didn't know");
    CheckIns.write(couple, ana, id, open, Map.of("text", "Words", "passes", true))
        .then()
        .statusCode(400)
        .body("errors.pointer", is(List.of("/passes")));
  }

  @Test
  void whatOneKeepsForOneselfCountsForNothing() {
    answer(ana, sealed, "It was too fast");
    CheckIns.write(couple, ana, id, sealed, Map.of("text", "Only mine", "onlyForMe", true))
        .then()
        .statusCode(200)
        .body("onlyForMe", is(true))
        .body("submitted", is(false));
    answer(ben, sealed, "I didn't know");

    refused(CheckIns.submit(couple, ana, id, sealed), "answer-only-for-you");
    assertThat(read(ben, sealed)).isEmpty();
    assertThat(own(ana, sealed).getString("text")).isEqualTo("Only mine");
  }

  @Test
  void whatIsPrivateIsNeverShown() {
    CheckIns.write(couple, ana, id, forOneself, Map.of("text", "Only mine")).then().statusCode(200);

    refused(CheckIns.submit(couple, ana, id, forOneself), "answer-only-for-you");
    assertThat(read(ben, forOneself)).isEmpty();
    assertThat(read(ana, forOneself)).isEmpty();
    assertThat(own(ana, forOneself).getString("text")).isEqualTo("Only mine");
    assertThat(own(ben, forOneself).getString("text")).isNull();
  }

  @Test
  void whatIsOpenIsReadAtOnceAndCanBeTakenBack() {
    CheckIns.write(couple, ana, id, open, Map.of("text", "Soup")).then().statusCode(200);
    assertThat(read(ben, open)).as("a note").isEmpty();
    CheckIns.submit(couple, ana, id, open).then().statusCode(200).body("revealed", is(false));
    assertThat(read(ben, open)).containsExactly("Soup");

    CheckIns.takeBack(couple, ana, id, open).then().statusCode(200);

    assertThat(read(ben, open)).isEmpty();
    assertThat(CheckIns.state(couple, ben, id)).isEqualTo("open");
  }

  @Test
  void ofThreeTheLastOneReveals() {
    Person cleo = Person.adult("cleo");
    couple.welcome(cleo);
    look(CheckIns.open(couple, ana, ben, cleo));
    answer(ana, sealed, "One");
    answer(ben, sealed, "Two");
    assertThat(read(cleo, sealed)).isEmpty();

    answer(cleo, sealed, "Three");

    assertThat(read(ana, sealed)).containsExactlyInAnyOrder("One", "Two", "Three");
  }

  /** Words from a calm evening are not revealed by what somebody else does. */
  @Test
  void aNoteOfBeforeCountsOnlyOnceItIsSubmittedInTheTalk() {
    JsonPath planned = CheckIns.scheduled(couple, ana);
    look(planned);
    CheckIns.write(couple, ana, id, sealed, Map.of("text", "From a calm evening"))
        .then()
        .statusCode(200);
    refused(CheckIns.submit(couple, ana, id, sealed), "check-in-not-open");
    CheckIns.allReady(couple, id, ana, ben);
    answer(ben, sealed, "I didn't know");

    assertThat(read(ben, sealed)).isEmpty();
    CheckIns.submit(couple, ana, id, sealed).then().statusCode(200);
    assertThat(read(ben, sealed)).contains("From a calm evening");
  }

  @ParameterizedTest
  @ValueSource(strings = {"close", "skip", "defer"})
  void whatIsNotRevealedAtTheEndNeverIs(String how) {
    answer(ana, sealed, "It was too fast");
    CheckIns.write(couple, ben, id, sealed, Map.of("text", "I didn't know")).then().statusCode(200);
    CheckIns.end(couple, ben, id, how).then().statusCode(200);

    refused(CheckIns.submit(couple, ben, id, sealed), "check-in-over");
    refused(CheckIns.write(couple, ben, id, sealed, Map.of("text", "Late")), "check-in-over");

    assertThat(read(ben, sealed)).isEmpty();
    assertThat(own(ana, sealed).getString("text")).isEqualTo("It was too fast");
    CheckIns.takeBack(couple, ana, id, sealed).then().statusCode(200);
    as(ana).delete(CheckIns.answers(couple, id, sealed) + "/me").then().statusCode(204);
    assertThat(own(ana, sealed).getString("text")).isNull();
  }

  @Test
  void thereIsNothingToSubmitWithoutAnAnswer() {
    refused(CheckIns.submit(couple, ana, id, sealed), "answer-empty");
    CheckIns.write(couple, ana, id, sealed, Map.of()).then().statusCode(200);
    refused(CheckIns.submit(couple, ana, id, sealed), "answer-empty");
    answer(ana, sealed, "It was too fast");
    as(ana).delete(CheckIns.answers(couple, id, sealed) + "/me").then().statusCode(204);
    as(ana).delete(CheckIns.answers(couple, id, sealed) + "/me").then().statusCode(204);
    answer(ben, sealed, "I didn't know");
    assertThat(read(ben, sealed)).isEmpty();
  }

  /** Neither an id nor a time, which could be compared with others. */
  @Test
  void anAnswerSaysWhoseItIsAndNoMore() {
    answer(ana, sealed, "It was too fast");
    answer(ben, sealed, "I didn't know");

    JsonPath answers =
        as(ben).get(CheckIns.answers(couple, id, sealed)).as(Json.class, Json.READER);

    assertThat(answers.getMap("")).containsOnlyKeys("answers");
    assertThat(answers.getMap("answers[0]")).containsOnlyKeys("memberId", "text", "passes");
    assertThat(answers.getList("answers.memberId", String.class)).isSorted();
  }
}
