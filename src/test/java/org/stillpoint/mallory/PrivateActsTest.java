package org.stillpoint.mallory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.stillpoint.testkit.Api.as;
import static org.stillpoint.testkit.Api.wrongly;

import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.stillpoint.testkit.AgreementThings;
import org.stillpoint.testkit.ApiDocument;
import org.stillpoint.testkit.ApiDocument.Operation;
import org.stillpoint.testkit.AtOnce;
import org.stillpoint.testkit.Browser;
import org.stillpoint.testkit.Calendars;
import org.stillpoint.testkit.Channels;
import org.stillpoint.testkit.CheckInThings;
import org.stillpoint.testkit.Couple;
import org.stillpoint.testkit.DeliveryThings;
import org.stillpoint.testkit.Devices;
import org.stillpoint.testkit.EventStreamClient;
import org.stillpoint.testkit.Exports;
import org.stillpoint.testkit.Inbox;
import org.stillpoint.testkit.Limits;
import org.stillpoint.testkit.Person;
import org.stillpoint.testkit.PlainHttp;
import org.stillpoint.testkit.PlainHttp.Answer;
import org.stillpoint.testkit.PracticeThings;
import org.stillpoint.testkit.ReflectionThings;
import org.stillpoint.testkit.StillpointTest;

/**
 * The partner's whole view is the same before and after whatever one does in private. Every
 * operation is private unless it stands in {@link #SEEN}.
 */
@StillpointTest
@Tag("S31")
class PrivateActsTest {
  private static final AccessTable TABLE = AccessTable.read();

  /**
   * What the others of the same relationship are meant to see. A yes to a term, or to having it
   * back, or to a grant, is not among it: none is seen before all have said it; nor is a no to a
   * grant that another one has asked for.
   */
  private static final Set<String> SEEN =
      Set.of(
          "raisePause",
          "raisePauseWithId",
          "tap",
          "liftPause",
          "drawLimit",
          "proposeAgreement",
          "endAgreement",
          "suspendTerm",
          "endTerm",
          "createHold",
          "moveHold",
          "addSignal",
          "changeSignal",
          "dropSignal",
          "setCoolingOff",
          "scheduleCheckIn",
          "skipCheckIn",
          "deferCheckIn",
          "closeCheckIn",
          "startItem",
          "takeTurn",
          "finishSpeaking",
          "sayHeard",
          "sayNotYet",
          "passTurn",
          "createCheckInSeries",
          "endCheckInSeries",
          "proposeDecision",
          "withdrawDecision",
          "proposeGuest",
          "endGuest",
          "shareSnapshot",
          "recallSnapshot",
          "recallSnapshots",
          "deleteReflection",
          "eraseJournal",
          "requestGrant",
          "createInvitation",
          "withdrawInvitation",
          "assentToInvitation",
          "leaveRelationship",
          "updateMe",
          "exit",
          "eraseMe");

  /** They end all that one has with anybody, which all of those see. */
  static final Set<String> ENDS_EVERYTHING = Set.of("exit", "eraseMe");

  /** They reach every relationship, so that another one's is seen in the shared one too. */
  private static final Set<String> SEEN_EVERYWHERE = Set.of("updateMe", "exit", "eraseMe");

  /** What reaches others first, and what takes things away last, the innermost before the rest. */
  private static final Comparator<Operation> ORDER =
      Comparator.<Operation>comparingInt(
              operation ->
                  List.of("GET", "PUT", "PATCH", "POST", "DELETE").indexOf(operation.method()))
          .thenComparingInt(
              operation -> "DELETE".equals(operation.method()) ? -operation.path().length() : 0);

  static final List<Operation> OPERATIONS =
      ApiDocument.read().operations().stream().sorted(ORDER).toList();

  private Couple couple;
  private Person ana;
  private Person mallory;

  @BeforeEach
  void aFreshCouple() {
    couple = Couple.create();
    ana = couple.ana();
    mallory = couple.ben();
  }

  private Watch watch(Map<String, Set<String>> known) {
    return new Watch(couple, known);
  }

  private Map<String, Set<String>> known(Set<String> pauses, Set<String> codes) {
    return Watch.known(couple, pauses, codes);
  }

  /** With what of these things the partner sees, and drafts of which only the ids are known. */
  private static Map<String, Set<String>> known(
      Set<String> pauses, Set<String> codes, Estate things) {
    Map<String, Set<String>> known = Watch.known(things.couple(), pauses, codes);
    Map<String, Set<String>> all = things.known();
    List.of(
            "limitId",
            "draftId",
            "agreementId",
            "termId",
            "holdId",
            "signalId",
            "checkInId",
            "seriesId",
            "itemId",
            "decisionId",
            "snapshotId",
            Estate.COUNTED)
        .forEach(name -> known.put(name, all.getOrDefault(name, Set.of())));
    known.put("grantId", Set.of(things.practices().shared()));
    return known;
  }

  private static final String SUBSCRIPTION = "/v1/me/webhook-subscription";

  private static final String PRACTICES = "practices";

  /** The operations of one method, and of these some: of each, other people do it. */
  private record Part(String method, String of) {
    boolean has(Operation operation) {
      return method.equals(operation.method()) && of.equals(part(operation));
    }

    /** The practitioner to whom the other goes is no secret, and what is done there is. */
    void know(Map<String, Set<String>> known, Estate there) {
      if (PRACTICES.equals(of)) {
        known.put("code", Set.of());
        known.putAll(there.practices().known());
      }
    }
  }

  /**
   * The partner looks at everything after each act, and nobody looks, or tries codes, without end.
   */
  private static final List<Part> PARTS =
      OPERATIONS.stream()
          .map(operation -> new Part(operation.method(), part(operation)))
          .filter(part -> !"GET".equals(part.method()))
          .distinct()
          .toList();

  private static String part(Operation operation) {
    if (operation.path().contains("/grants") || operation.path().contains("/practi")) {
      return PRACTICES;
    }
    if (operation.path().contains("/check-ins")) {
      return "check-ins";
    }
    if (operation.path().contains("/reflections")) {
      return "reflections";
    }
    return "every third from " + OPERATIONS.indexOf(operation) % 3;
  }

  /** Of another relationship nothing is seen, whatever one does there, and all stays here. */
  @Test
  @Tag("S34")
  void nothingOfAnotherRelationshipIsSeen() {
    AtOnce.each(PARTS, part -> isUnseenElsewhere(part, Couple.create()));
  }

  private static void isUnseenElsewhere(Part part, Couple couple) {
    Person ana = couple.ana();
    Estate elsewhere = Estate.of(ana, Person.adult("cleo"));
    Estate there = elsewhere.with("pauseId", elsewhere.couple().tap(ana).toString());
    couple.invitation(ana);
    String tap = UUID.randomUUID().toString();
    Map<String, Set<String>> known = Watch.known(couple, Set.of(tap), Set.of());
    known.put("limitId", Set.of(Limits.draw(couple, ana).getString("id")));
    part.know(known, there);
    // Of this and of the invitation notices come, that are not to be counted later.
    assertThat(Inbox.texts(couple.ben(), 2)).hasSize(2);
    Watch watch = new Watch(couple, known);
    watch.seen(() -> as(ana).put(couple.path("/pauses/" + tap)).then().statusCode(200));

    watch.unseen("reading all", () -> View.of(ana, there.known()));
    for (Operation operation : OPERATIONS) {
      if (part.has(operation) && !SEEN_EVERYWHERE.contains(operation.id())) {
        watch.unseen(operation.id(), () -> act(operation, there));
      }
    }
    watch.end();
  }

  /** Of what one does in the shared relationship, only that is seen which is meant to be. */
  @Test
  @Tag("S11")
  void nothingPrivateOfTheSharedRelationshipIsSeen() {
    AtOnce.each(PARTS, part -> isUnseenHere(part, Couple.create()));
  }

  private static void isUnseenHere(Part part, Couple couple) {
    Person ana = couple.ana();
    var invitation = couple.invitation(couple.ben());
    Estate mine = sharedThings(couple, invitation.getString("id"));
    String tap = UUID.randomUUID().toString();
    Map<String, Set<String>> known = known(Set.of(tap), Set.of(invitation.getString("code")), mine);
    part.know(known, mine);
    Watch watch = new Watch(couple, known);
    watch.seen(() -> as(ana).put(couple.path("/pauses/" + tap)).then().statusCode(200));
    Estate there = mine.with("pauseId", tap);

    watch.unseen("reading all", () -> View.of(ana, there.known()));
    for (Operation operation : OPERATIONS) {
      if (part.has(operation) && !SEEN.contains(operation.id())) {
        watch.unseen(operation.id(), () -> act(operation, there));
      }
    }
    watch.end();
  }

  private static Estate sharedThings(Couple couple, String invitation) {
    Person ana = couple.ana();
    Person dora = Person.adult("dora");
    String code = new Couple(dora, ana, Couple.begin(dora)).invitation(dora).getString("code");
    var tapKey = as(ana).post(couple.path("/tap-keys")).then().statusCode(201).extract();
    UUID pause = couple.tap(ana);
    couple.lift(ana, pause).then().statusCode(200);
    AgreementThings agreements = AgreementThings.of(couple);
    CheckInThings checkIns = CheckInThings.of(couple);
    Map<String, String> things = new HashMap<>(agreements.ids());
    things.putAll(checkIns.ids());
    ReflectionThings reflections = ReflectionThings.of(couple);
    things.putAll(reflections.ids());
    PracticeThings practices = PracticeThings.of(couple);
    things.putAll(practices.all());
    DeliveryThings deliveries = DeliveryThings.of(ana);
    things.putAll(deliveries.ids());
    things.put("relationshipId", couple.relationship().toString());
    things.put("invitationId", invitation);
    things.put("code", code);
    things.put("pauseId", pause.toString());
    things.put("tapKeyId", tapKey.path("id"));
    // What the document's example says instead would ease it.
    things.put("limitId", Limits.draw(couple, ana).getString("id"));
    things.put("clientId", Estate.app(ana, "old-phone"));
    things.put("exportId", Exports.ready(ana));
    JsonPath feed = Calendars.make(ana);
    things.put("feedId", feed.getString("id"));
    things.put("secret", feed.getString("secret"));
    return new Estate(
        couple,
        tapKey.path("key"),
        agreements,
        checkIns,
        reflections,
        practices,
        deliveries,
        things);
  }

  /** What is done has to be done: an act for which something is missing shows nothing. */
  private static void act(Operation operation, Estate there) {
    Answer answer = PlainHttp.send(Calls.of(operation, there.owner(), there));
    assertThat(answer.status())
        .as("%s by its owner, who needs other things for it: %s", operation, answer.body())
        .isNotIn(400, 404, 415)
        .isLessThan(500);
    assertThat(TABLE.hides(operation, "owner")).isFalse();
  }

  /** The same, by hand, where an example of the document doesn't do. */
  @Test
  void nothingIsSeenOfWhatAppsDoQuietly() {
    UUID pause = couple.tap(mallory);
    couple.awaitDelivered(mallory, pause);
    Watch watch = watch(known(Set.of(pause.toString()), Set.of()));

    watch.unseen(
        "a language and a time zone", () -> say(Map.of("locale", "de", "timeZone", "Asia/Tokyo")));
    watch.unseen("the same words again", () -> say(Map.of("clear", List.of("displayName"))));
    watch.unseen("a login through a new app", () -> as(ana.through("new-app")).get("/v1/me"));
    watch.unseen("a stream that opens and closes", () -> EventStreamClient.open(ana).close());
    watch.unseen("reading the pause over and over", () -> repeat(() -> read(pause)));
    watch.unseen("a lift that isn't hers", () -> couple.lift(ana, pause).then().statusCode(403));
    watch.unseen("a wrong code", () -> as(ana).get("/v1/invitations/{c}", "0000-0000-0000-0000"));
    watch.unseen("a body that is refused", () -> refused());
    watch.unseen("a tap key, twice with one key", () -> repeat(this::tapKeyWithTheSameKey));
    watch.unseen("a first device", () -> Devices.registered(ana, Browser.subscribe()));
    watch.unseen("no device any more", this::removeDevices);
    watch.unseen(
        "an app whose server is told", () -> as(ana).put(SUBSCRIPTION).then().statusCode(200));
    watch.unseen("and is no more", () -> as(ana).delete(SUBSCRIPTION).then().statusCode(204));
    watch.unseen("a number", () -> Channels.confirmed(ana, "sms", Channels.number()));
    watch.unseen("an order", () -> Channels.order(ana, 10, "email", "sms").then().statusCode(200));
    watch.unseen("times to return", () -> offer(pause, 40));
    watch.unseen("times that can't be changed yet", () -> offer(pause, 50));
    watch.end();
  }

  private void removeDevices() {
    Devices.of(ana).forEach(id -> as(ana).delete("/v1/me/devices/{id}", id).then().statusCode(204));
  }

  private void say(Map<String, Object> words) {
    as(ana).contentType(ContentType.JSON).body(words).patch("/v1/me").then().statusCode(200);
  }

  private static void repeat(Runnable act) {
    for (int i = 0; i < 5; i++) {
      act.run();
    }
  }

  private void read(UUID pause) {
    as(ana).get(couple.path("/pauses/" + pause)).then().statusCode(200);
  }

  private void refused() {
    wrongly(ana)
        .contentType(ContentType.JSON)
        .body(Map.of("displayName", 7))
        .patch("/v1/me")
        .then()
        .statusCode(400);
  }

  private void tapKeyWithTheSameKey() {
    as(ana)
        .header("Idempotency-Key", "watch")
        .post(couple.path("/tap-keys"))
        .then()
        .statusCode(201);
  }

  private void offer(UUID pause, int inHours) {
    as(ana)
        .contentType(ContentType.JSON)
        .body(Map.of("windows", List.of(Windows.of(inHours, 2))))
        .put(couple.path("/pauses/" + pause + "/return-windows"));
  }

  /** Of three, one acknowledges another's pause: that is between the two. */
  @Test
  void anAcknowledgementOfSomebodyElseIsNotSeen() {
    Person cleo = Person.adult("cleo");
    var invitation = couple.invitation(ana);
    assent(mallory, invitation.getString("id"));
    Couple.join(cleo, invitation.getString("code"));
    UUID pause = couple.tap(cleo);
    // That somebody is invited, has joined and pauses: notices that are not to be counted later.
    assertThat(Inbox.texts(mallory, 3)).hasSize(3);
    Watch watch = watch(known(Set.of(pause.toString()), Set.of()));

    watch.unseen(
        "an acknowledgement",
        () ->
            as(ana)
                .put(couple.path("/pauses/" + pause + "/acknowledgement"))
                .then()
                .statusCode(204));
    watch.end();
  }

  private void assent(Person person, String invitation) {
    as(person)
        .put(couple.path("/invitations/" + invitation + "/assents/me"))
        .then()
        .statusCode(200);
  }

  /** A yes that was taken back, and one that never came: both are no yes. */
  @Test
  @Tag("S17")
  void aYesThatIsTakenBackLooksLikeNoAnswer() {
    var invitation = couple.invitation(mallory);
    String assents = couple.path("/invitations/" + invitation.getString("id") + "/assents/me");
    Watch watch =
        watch(known(Set.of(UUID.randomUUID().toString()), Set.of(invitation.getString("code"))));

    watch.unseen(
        "yes and no",
        () -> {
          as(ana).put(assents).then().statusCode(200);
          as(ana).delete(assents).then().statusCode(204);
        });
    watch.unseen("no", () -> as(ana).delete(assents).then().statusCode(204));
    watch.end();
  }
}
