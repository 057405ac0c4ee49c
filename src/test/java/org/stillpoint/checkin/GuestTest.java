package org.stillpoint.checkin;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;
import static org.stillpoint.testkit.Api.as;

import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.stillpoint.testkit.CheckInSeries;
import org.stillpoint.testkit.CheckIns;
import org.stillpoint.testkit.Couple;
import org.stillpoint.testkit.Guests;
import org.stillpoint.testkit.Inbox;
import org.stillpoint.testkit.Person;
import org.stillpoint.testkit.SandboxClock;
import org.stillpoint.testkit.StillpointTest;

/**
 * A guest comes with the yes of all, sees what each lets guests have, and goes when one wants it.
 */
@SuppressWarnings("NullAway.Init")
@StillpointTest
class GuestTest {
  private static final String INVENTED = "AAAA-AAAA-AAAA-AAAA";

  private Couple couple;
  private Person ana;
  private Person ben;
  private Person dora;
  private String id;
  private String sealed;
  private String open;
  private String forOneself;

  @BeforeEach
  void anOpenCheckIn() {
    couple = Couple.create();
    ana = couple.ana();
    ben = couple.ben();
    dora = Person.adult("dora");
    JsonPath checkIn = CheckIns.open(couple, ana, ben);
    id = checkIn.getString("id");
    sealed = CheckIns.item(checkIn, "sealed");
    open = CheckIns.item(checkIn, "open");
    forOneself = CheckIns.item(checkIn, "private");
  }

  private static String refused(Response answer, int status) {
    return answer
        .then()
        .statusCode(status)
        .extract()
        .asString()
        .replaceAll("\"requestId\":\"[^\"]*\"", "");
  }

  private static String wrong(Person person) {
    return refused(Guests.accept(person, INVENTED), 404);
  }

  private String present() {
    return Guests.present(couple, id, dora);
  }

  private void mark(Person person, String item) {
    Guests.mark(couple, person, id, item).then().statusCode(200).body("forGuests", is(true));
  }

  private void answer(Person person, String item, String text) {
    CheckIns.answer(couple, person, id, item, text);
  }

  private static void assertGone(Person guest, String visit) {
    assertThat(refused(Guests.get(guest, visit), 404))
        .isEqualTo(refused(Guests.get(guest, UUID.randomUUID().toString()), 404));
    as(guest).get("/v1/guest-check-ins").then().statusCode(200).body("data", hasSize(0));
    as(guest).delete("/v1/guest-check-ins/{id}", visit).then().statusCode(404);
  }

  @Test
  @Tag("S16")
  @Tag("S17")
  @Tag("S34")
  void theCodeIsLikeAWrongOneBeforeAllHaveSaidYes() {
    Person cleo = Person.adult("cleo");
    couple.welcome(cleo);
    String ofThree = CheckIns.scheduled(couple, ana).getString("id");
    JsonPath guest = Guests.proposed(couple, ana, ofThree);
    String code = guest.getString("code");
    String wrong = wrong(dora);
    String seen = Guests.list(couple, cleo, ofThree).prettify();
    assertThat(seen).contains("\"proposed\"", "\"label\": \"Dora\"", "\"assentedByMe\": false");

    assertThat(refused(Guests.accept(dora, code), 404)).isEqualTo(wrong);
    Guests.assent(couple, ben, ofThree, guest.getString("id"))
        .then()
        .statusCode(200)
        .body("state", is("proposed"))
        .body("assentedByMe", is(true));
    assertThat(refused(Guests.accept(dora, code), 404)).isEqualTo(wrong);
    assertThat(Guests.list(couple, cleo, ofThree).prettify()).isEqualTo(seen);
    Guests.withdraw(couple, ben, ofThree, guest.getString("id")).then().statusCode(204);
    Guests.assent(couple, cleo, ofThree, guest.getString("id")).then().statusCode(200);
    assertThat(refused(Guests.accept(dora, code), 404))
        .as("a yes that was taken back is none")
        .isEqualTo(wrong);

    Guests.assent(couple, ben, ofThree, guest.getString("id"))
        .then()
        .statusCode(200)
        .body("state", is("invited"));
    Guests.accept(dora, code.toLowerCase(Locale.ROOT).replace("-", " ")).then().statusCode(200);
    assertThat(Guests.states(couple, cleo, ofThree)).containsExactly("present");
    assertThat(refused(Guests.accept(Person.adult("emil"), code), 404)).isEqualTo(wrong);
  }

  /** What is answered again to whoever was sent away has no words in it. */
  @Test
  @Tag("S35")
  void anAnswerThatIsGivenAgainShowsNothing() {
    answer(ana, open, "Soup");
    mark(ana, open);
    String code = Guests.invited(couple, ana, id, ben).getString("code");
    String key = UUID.randomUUID().toString();
    String first = comeWith(key, code).then().statusCode(200).extract().asString();
    String guest = Guests.list(couple, ana, id).getString("guests[0].id");
    Guests.end(couple, ben, id, guest).then().statusCode(204);

    assertThat(comeWith(key, code).then().statusCode(200).extract().asString()).isEqualTo(first);
    assertThat(first).doesNotContain("Soup", "What");
    assertGone(dora, guest);
  }

  private Response comeWith(String key, String code) {
    return as(dora)
        .header("Idempotency-Key", key)
        .post("/v1/guest-invitations/{code}/acceptance", code);
  }

  @Test
  @Tag("S36")
  void aGuestIsAnAdult() {
    String code = Guests.invited(couple, ana, id, ben).getString("code");
    Person unasked = Person.stranger("unasked");

    String no = refused(Guests.accept(unasked, code), 403);
    assertThat(no).contains("adult-attestation-required", "guest");
    assertThat(refused(Guests.accept(unasked, INVENTED), 403)).isEqualTo(no);

    as(unasked).put("/v1/me/adult-attestation").then().statusCode(200);
    Guests.accept(unasked, code).then().statusCode(200);
  }

  @Test
  @Tag("S34")
  void aGuestIsNobodyWhoBelongs() {
    Person cleo = Person.adult("cleo");
    couple.welcome(cleo);
    String code = Guests.invited(couple, ana, id, ben).getString("code");

    assertThat(refused(Guests.accept(ben, code), 409)).contains("guest-takes-part");
    assertThat(refused(Guests.accept(cleo, code), 404)).isEqualTo(wrong(cleo));
    Guests.accept(dora, code).then().statusCode(200);
  }

  /** Nobody is two people, of whom the others would think that they are different. */
  @Test
  @Tag("S34")
  void nobodyIsTwoGuests() {
    String first = Guests.invited(couple, ana, id, ben).getString("code");
    String second = Guests.invited(couple, ana, id, ben).getString("code");
    Guests.accept(dora, first).then().statusCode(200);

    assertThat(refused(Guests.accept(dora, second), 404)).isEqualTo(wrong(dora));

    Guests.accept(Person.adult("emil"), second).then().statusCode(200);
  }

  @Test
  void guessingCodesComesToAnEnd() {
    int status = 0;
    for (int i = 0; i < 30 && status != 429; i++) {
      status = Guests.accept(dora, "AAAA-AAAA-AAAA-" + (1000 + i)).statusCode();
    }

    assertThat(status).isEqualTo(429);
  }

  @Test
  void aGuestSeesTheAgendaInTheOwnLanguage() {
    as(ana).contentType(ContentType.JSON).body(Map.of("displayName", "Ana")).patch("/v1/me");
    JsonPath planned =
        CheckIns.schedule(
                couple,
                ana,
                CheckIns.with(
                    CheckIns.with(CheckIns.plan(), "templateId", "after-closeness"),
                    "items",
                    List.of(
                        Map.of("templateItemId", "did-not"), CheckIns.item("open", "Holidays"))))
            .then()
            .statusCode(201)
            .extract()
            .jsonPath();
    String visit = Guests.present(couple, planned.getString("id"), dora);

    JsonPath seen = Guests.seen(dora, visit);
    assertThat(seen.getString("role")).isEqualTo("counsellor");
    assertThat(seen.getString("state")).isEqualTo("scheduled");
    assertThat(seen.getString("startsAt")).isEqualTo(planned.getString("startsAt"));
    assertThat(seen.getList("items.title")).containsExactly("What did not", "Holidays");
    assertThat(seen.getList("items[1].questions")).containsExactly("Holidays?");
    assertThat(seen.getList("items[1].answers")).isEmpty();
    assertThat(
            seen.getString("participants.find { it.memberId == '" + ana.id() + "' }.displayName"))
        .isEqualTo("Ana");
    assertThat(seen.prettify()).doesNotContain(couple.relationship().toString());
    assertThat(seen.prettify()).doesNotContain(planned.getString("id"));
    as(dora)
        .header("Accept-Language", "de")
        .get("/v1/guest-check-ins")
        .then()
        .statusCode(200)
        .body("data", hasSize(1))
        .body("data[0].items[1].title", is("Holidays"))
        .body(
            "data[0].items[0].title",
            is(
                CheckIns.get(couple, ana, planned.getString("id"), "de")
                    .getString("items[0].title")));
  }

  /** No alliance behind a partner's back: what the other can't read, no guest can. */
  @Test
  @Tag("S22")
  void aGuestReadsWhatAllCanReadAndItsAuthorHasMarked() {
    String visit = present();
    answer(ana, sealed, "Hers");
    mark(ana, sealed);
    assertThat(Guests.read(dora, visit, sealed)).as("not before the reveal").isEmpty();

    answer(ben, sealed, "His");
    assertThat(Guests.read(dora, visit, sealed)).containsExactly("Hers");
    assertThat(Guests.seen(dora, visit).getList("items.answers.flatten().memberId"))
        .containsExactly(ana.id().toString());
    mark(ben, sealed);
    assertThat(Guests.read(dora, visit, sealed)).containsExactlyInAnyOrder("Hers", "His");
    Guests.unmark(couple, ana, id, sealed).then().statusCode(200).body("forGuests", is(false));
    assertThat(Guests.read(dora, visit, sealed)).containsExactly("His");
    assertThat(CheckIns.own(couple, ben, id, sealed).getBoolean("forGuests")).isTrue();
    assertThat(CheckIns.read(couple, ana, id, sealed)).containsExactlyInAnyOrder("Hers", "His");
  }

  /** Written anew or taken back, it is for guests no more. */
  @Test
  @Tag("S22")
  void aMarkIsForOneTextOnly() {
    String visit = present();
    answer(ana, open, "Soup");
    assertThat(Guests.read(dora, visit, open)).as("nothing was marked").isEmpty();
    mark(ana, open);
    assertThat(Guests.read(dora, visit, open)).containsExactly("Soup");

    CheckIns.takeBack(couple, ana, id, open).then().statusCode(200).body("forGuests", is(false));
    assertThat(Guests.read(dora, visit, open)).isEmpty();
    CheckIns.submit(couple, ana, id, open).then().statusCode(200).body("forGuests", is(false));
    assertThat(Guests.read(dora, visit, open)).isEmpty();
    mark(ana, open);
    CheckIns.write(couple, ana, id, open, Map.of("text", "No soup"))
        .then()
        .statusCode(200)
        .body("forGuests", is(false));
    CheckIns.submit(couple, ana, id, open).then().statusCode(200);
    assertThat(Guests.read(dora, visit, open)).isEmpty();
    mark(ana, open);
    as(ana).delete(CheckIns.answers(couple, id, open) + "/me").then().statusCode(204);
    answer(ana, open, "Bread");
    assertThat(Guests.read(dora, visit, open)).isEmpty();
  }

  @Test
  void whatIsPrivateIsForNoGuest() {
    CheckIns.write(couple, ana, id, forOneself, Map.of("text", "A note")).then().statusCode(200);
    CheckIns.write(couple, ana, id, open, Map.of("text", "A note", "onlyForMe", true))
        .then()
        .statusCode(200);

    for (String item : List.of(forOneself, open)) {
      Guests.mark(couple, ana, id, item)
          .then()
          .statusCode(409)
          .body("code", is("answer-not-for-guests"));
    }
    Guests.mark(couple, ana, id, sealed).then().statusCode(409).body("code", is("answer-empty"));
    CheckIns.write(couple, ana, id, open, Map.of("passes", true)).then().statusCode(200);
    CheckIns.submit(couple, ana, id, open).then().statusCode(200);
    mark(ana, open);
    Guests.seen(dora, present());
    assertThat(Guests.seen(dora, visitOf(dora)).getList("items.answers.flatten().passes"))
        .containsExactly(true);
    CheckIns.end(couple, ben, id, "close").then().statusCode(200);
    Guests.mark(couple, ana, id, open).then().statusCode(409).body("code", is("check-in-over"));
    Guests.unmark(couple, ana, id, open).then().statusCode(200);
  }

  private static String visitOf(Person guest) {
    return as(guest).get("/v1/guest-check-ins").path("data[0].id");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "the yes is taken back",
        "the proposer takes it back",
        "it is ended",
        "the guest goes",
        "skip",
        "close",
        "defer",
        "time",
        "one leaves",
        "one is erased"
      })
  @Tag("S10")
  @Tag("S32")
  @Tag("S34")
  void aGuestIsGoneWithTheFirstWhoWantsIt(String why) {
    String visit = present();
    answer(ana, open, "Soup");
    mark(ana, open);
    assertThat(Guests.read(dora, visit, open)).containsExactly("Soup");
    couple.tap(ana);
    assertThat(Guests.read(dora, visit, open))
        .as("of a pause a guest learns nothing")
        .containsExactly("Soup");

    String guest = Guests.list(couple, ben, id).getString("guests[0].id");
    switch (why) {
      case "the yes is taken back" ->
          Guests.withdraw(couple, ben, id, guest).then().statusCode(204);
      case "the proposer takes it back" ->
          Guests.withdraw(couple, ana, id, guest).then().statusCode(204);
      case "it is ended" -> Guests.end(couple, ben, id, guest).then().statusCode(204);
      case "the guest goes" ->
          as(dora).delete("/v1/guest-check-ins/{id}", visit).then().statusCode(204);
      case "time" -> SandboxClock.advance(CheckIn.OPEN_AT_MOST.plusMinutes(1));
      case "one leaves" -> couple.leave(ben);
      case "one is erased" -> as(ben).delete("/v1/me").then().statusCode(204);
      default -> CheckIns.end(couple, ben, id, why).then().statusCode(200);
    }

    assertGone(dora, visit);
    assertThat(Guests.list(couple, ana, id).getList("guests")).isEmpty();
    Guests.end(couple, ana, id, guest).then().statusCode(404);
    Guests.withdraw(couple, ana, id, guest).then().statusCode(404);
  }

  /** What was to begin goes on among those who stay, and has to be wanted by them anew. */
  @Test
  @Tag("S32")
  void whoeverLeavesTakesTheirYesAlong() {
    Person cleo = Person.adult("cleo");
    couple.welcome(cleo);
    String ofThree = CheckIns.scheduled(couple, ana).getString("id");
    JsonPath invited = Guests.invited(couple, ana, ofThree, ben, cleo);

    couple.leave(cleo);

    assertThat(CheckIns.state(couple, ana, ofThree)).isEqualTo("scheduled");
    assertThat(Guests.list(couple, ana, ofThree).getList("guests")).isEmpty();
    assertThat(refused(Guests.accept(dora, invited.getString("code")), 404)).isEqualTo(wrong(dora));
  }

  @Test
  @Tag("S9")
  void nobodyIsAskedOrComesWhileAnybodyPauses() {
    JsonPath first = Guests.proposed(couple, ana, id);
    JsonPath complete = Guests.invited(couple, ana, id, ben);
    UUID pause = couple.tap(ana);

    Guests.propose(couple, ben, id, "Emil")
        .then()
        .statusCode(409)
        .body("code", is("relationship-paused"));
    for (Person person : List.of(ana, ben)) {
      Guests.assent(couple, person, id, first.getString("id"))
          .then()
          .statusCode(409)
          .body("code", is("check-in-held"));
    }
    assertThat(refused(Guests.accept(dora, complete.getString("code")), 404))
        .isEqualTo(wrong(dora));

    couple.lift(ana, pause).then().statusCode(200);
    Guests.accept(dora, complete.getString("code")).then().statusCode(200);
    Guests.assent(couple, ben, id, first.getString("id")).then().body("state", is("proposed"));
    Guests.assent(couple, ana, id, first.getString("id")).then().body("state", is("invited"));
  }

  /**
   * As to a decision: who has said yes before it is asked anew, whether or not the talk is open.
   */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  @Tag("S9")
  @Tag("S16")
  void aPauseUndoesTheYesToAGuestWhoIsNotInvitedYet(boolean isOpen) {
    Person cleo = Person.adult("cleo");
    couple.welcome(cleo);
    String ofThree = CheckIns.scheduled(couple, ana).getString("id");
    if (isOpen) {
      CheckIns.allReady(couple, ofThree, ana, ben, cleo);
    }
    JsonPath complete = Guests.invited(couple, ana, ofThree, ben, cleo);
    String guest = Guests.invited(couple, ana, ofThree, ben).getString("id");

    couple.lift(cleo, couple.tap(cleo)).then().statusCode(200);

    for (Person person : List.of(ana, ben)) {
      assertThat(Guests.list(couple, person, ofThree).getList("guests.assentedByMe"))
          .containsExactly(true, false);
    }
    Guests.assent(couple, cleo, ofThree, guest).then().body("state", is("proposed"));
    Guests.assent(couple, ben, ofThree, guest).then().body("state", is("proposed"));
    Guests.assent(couple, ana, ofThree, guest).then().body("state", is("invited"));
    Guests.accept(dora, complete.getString("code")).then().statusCode(200);
  }

  @Test
  @Tag("S30")
  void onePhoneRingsOnceAndTheRestIsQuiet() {
    int before = Inbox.texts(ben, 1).size();
    JsonPath guest = Guests.proposed(couple, ana, id);
    Guests.assent(couple, ben, id, guest.getString("id")).then().statusCode(200);
    String visit =
        Guests.accept(dora, guest.getString("code")).then().statusCode(200).extract().path("id");
    Guests.end(couple, ana, id, guest.getString("id")).then().statusCode(204);
    couple.lift(ana, couple.tap(ana)).then().statusCode(200);

    assertThat(Inbox.texts(ben, before + 3))
        .as("proposed, paused, lifted")
        .hasSize(before + 3)
        .noneMatch(text -> text.contains("Dora"));
    JsonPath events = as(ben).get("/v1/events").jsonPath();
    List<String> types = events.getList("data.type");
    assertThat(types)
        .containsSubsequence(
            "checkIn.guestProposed",
            "checkIn.guestInvited",
            "checkIn.guestCame",
            "checkIn.guestChanged",
            "pause.raised");
    for (String type : List.of("guestInvited", "guestCame", "guestChanged")) {
      assertThat(events.getList("data.findAll { it.type == 'checkIn." + type + "' }.resource.id"))
          .containsExactly(id);
    }
    assertThat(Inbox.texts(dora, 0)).isEmpty();
    as(dora)
        .get("/v1/events")
        .then()
        .body("data.type", is(List.of("guestCheckIn.changed")))
        .body("data[0].relationshipId", nullValue())
        .body("data[0].resource.type", is("guestCheckIn"))
        .body("data[0].resource.id", is(visit));
  }

  /** Of the relationship a guest is told nothing: not of a pause, and not that one is over. */
  @Test
  @Tag("S34")
  void aGuestIsToldOfTheCheckInAlone() {
    String next = CheckIns.scheduled(couple, ana).getString("id");
    Guests.present(couple, next, dora);
    CheckIns.allReady(couple, next, ana, ben);
    couple.lift(ben, couple.tap(ben)).then().statusCode(200);
    CheckIns.allReady(couple, next, ana, ben);
    String item = CheckIns.item(CheckIns.get(couple, ana, next), "open");
    CheckIns.start(couple, ana, next, sealedOf(next)).then().statusCode(200);
    CheckIns.answer(couple, ana, next, item, "Soup");
    CheckIns.end(couple, ana, next, "close").then().statusCode(200);

    as(dora)
        .get("/v1/events")
        .then()
        .body("data.type", is(Collections.nCopies(2, "guestCheckIn.changed")));
  }

  private String sealedOf(String checkIn) {
    return CheckIns.item(CheckIns.get(couple, ana, checkIn), "sealed");
  }

  /** The guests of each of its check-ins, as when one of them ends by itself. */
  @Test
  void theEndOfASeriesIsToldToItsGuests() {
    String series =
        CheckInSeries.created(
                couple, ana, CheckInSeries.plan(Duration.ofDays(1), "FREQ=DAILY;COUNT=2"))
            .getString("id");
    List<String> ofSeries =
        as(ana).get(couple.path("/check-ins?seriesId=" + series)).jsonPath().getList("data.id");
    assertThat(ofSeries).hasSize(2);
    Person emil = Person.adult("emil");
    Map<Person, String> visits =
        Map.of(
            dora, Guests.present(couple, ofSeries.getFirst(), dora),
            emil, Guests.present(couple, ofSeries.getLast(), emil));

    CheckInSeries.end(couple, ben, series).then().statusCode(200);

    visits.forEach(
        (guest, visit) -> {
          assertGone(guest, visit);
          as(guest)
              .get("/v1/events")
              .then()
              .body("data.type", is(List.of("guestCheckIn.changed")))
              .body("data[0].resource.id", is(visit));
        });
  }

  /** With all ids that somebody might tell a guest. */
  @Test
  @Tag("S34")
  void nothingElseOfTheRelationshipIsThere() {
    present();
    answer(ana, open, "Soup");
    mark(ana, open);
    String there = "/v1/relationships/" + couple.relationship();
    String nowhere = "/v1/relationships/" + UUID.randomUUID();
    String guest = Guests.list(couple, ana, id).getString("guests[0].id");
    for (String rest :
        List.of(
            "",
            "/members",
            "/pauses",
            "/state",
            "/check-ins",
            "/check-ins/" + id,
            "/check-ins/" + id + "/readiness/me",
            "/check-ins/" + id + "/guests",
            "/check-ins/" + id + "/items/" + open + "/answers",
            "/check-ins/" + id + "/items/" + open + "/answers/me")) {
      assertThat(refused(as(dora).get(there + rest), 404))
          .as(rest)
          .isEqualTo(refused(as(dora).get(nowhere + rest), 404));
    }
    as(dora).delete(there + "/check-ins/" + id + "/guests/" + guest).then().statusCode(404);
    as(dora).post(there + "/check-ins/" + id + "/close").then().statusCode(404);
    given().auth().oauth2(dora.token()).post(there + "/pauses").then().statusCode(404);
    Guests.mark(couple, dora, id, open).then().statusCode(404);
    assertThat(CheckIns.state(couple, ana, id)).isEqualTo("open");
    Person emil = Person.adult("emil");
    assertThat(refused(Guests.get(emil, guest), 404))
        .as("the place of another guest")
        .isEqualTo(refused(Guests.get(emil, UUID.randomUUID().toString()), 404));
  }

  /** A guest counts for nothing in what takes all. */
  @Test
  void theTalkGoesAsItWouldWithoutAGuest() {
    String next = CheckIns.scheduled(couple, ana).getString("id");
    String visit = Guests.present(couple, next, dora);
    CheckIns.allReady(couple, next, ana, ben);

    assertThat(CheckIns.state(couple, ana, next)).isEqualTo("open");
    assertThat(CheckIns.get(couple, ana, next).getList("participantIds")).hasSize(2);
    String item = sealedOf(next);
    CheckIns.answer(couple, ana, next, item, "Hers");
    CheckIns.answer(couple, ben, next, item, "His");
    assertThat(CheckIns.state(couple, ana, next)).isEqualTo("revealed");
    assertThat(Guests.seen(dora, visit).getString("state")).isEqualTo("revealed");
    assertThat(Guests.read(dora, visit, item)).isEmpty();
  }

  @Test
  @Tag("S9")
  void nobodyIsAskedForGuestsOverAndOver() {
    for (int i = 0; i < Guest.MOST; i++) {
      Guests.proposed(couple, ana, id);
    }
    tooMany(ana);
    tooMany(ben);
    for (int i = Guest.MOST; i < Guest.MOST_PROPOSED; i++) {
      String first = Guests.list(couple, ben, id).getString("guests[0].id");
      Guests.end(couple, ben, id, first).then().statusCode(204);
      Guests.proposed(couple, ana, id);
    }
    Guests.end(couple, ben, id, Guests.list(couple, ben, id).getString("guests[0].id"))
        .then()
        .statusCode(204);
    tooMany(ana);
    Guests.proposed(couple, ben, id);
    CheckIns.end(couple, ben, id, "close").then().statusCode(200);
    Guests.propose(couple, ben, id, "Emil")
        .then()
        .statusCode(409)
        .body("code", is("check-in-over"));
  }

  private void tooMany(Person person) {
    Guests.propose(couple, person, id, "Emil")
        .then()
        .statusCode(409)
        .body("code", is("too-many-guests"));
  }

  @Test
  @Tag("S16")
  void timeAloneEndsWhatNobodyCameOf() {
    String later =
        CheckIns.schedule(
                couple,
                ana,
                CheckIns.with(
                    CheckIns.plan(),
                    "startsAt",
                    SandboxClock.now().plus(Duration.ofDays(20)).toString()))
            .path("id");
    String visit = Guests.present(couple, later, dora);
    JsonPath waiting = Guests.invited(couple, ana, later, ben);
    SandboxClock.advance(Duration.ofDays(8));

    assertThat(Guests.states(couple, ben, later)).containsExactly("present");
    Person emil = Person.adult("emil");
    assertThat(refused(Guests.accept(emil, waiting.getString("code")), 404)).isEqualTo(wrong(emil));
    assertThat(Guests.seen(dora, visit).getString("state")).isEqualTo("scheduled");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void theLastOneComesFirstPageByPage(int limit) {
    String first = present();
    String second = Guests.visit(dora);

    JsonPath page = as(dora).get("/v1/guest-check-ins?limit=" + limit).jsonPath();
    assertThat(page.getString("data[0].id")).isEqualTo(second);
    if (limit == 1) {
      page =
          as(dora)
              .get("/v1/guest-check-ins?limit=1&cursor=" + page.getString("nextCursor"))
              .jsonPath();
    }
    assertThat(page.getList("data.id")).last().isEqualTo(first);
    assertThat(page.getBoolean("hasMore")).isFalse();
  }
}
