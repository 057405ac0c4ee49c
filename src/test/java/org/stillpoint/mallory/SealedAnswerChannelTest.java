package org.stillpoint.mallory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.stillpoint.testkit.Api.as;

import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManagerFactory;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.hibernate.SessionFactory;
import org.hibernate.stat.Statistics;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.stillpoint.testkit.Calendars;
import org.stillpoint.testkit.CheckIns;
import org.stillpoint.testkit.Couple;
import org.stillpoint.testkit.Guests;
import org.stillpoint.testkit.Person;
import org.stillpoint.testkit.PlainHttp;
import org.stillpoint.testkit.PlainHttp.Call;
import org.stillpoint.testkit.StillpointTest;

/**
 * Whether somebody is ready, has noted, answered or thought better of it: the others' whole view is
 * the same before and after, to the last byte, statement, event and number.
 */
@SuppressWarnings("NullAway.Init")
@StillpointTest
@Tag("S22")
class SealedAnswerChannelTest {
  @Inject EntityManagerFactory entities;

  private Couple couple;
  private Person ana;
  private Person ben;

  /** Ben through another app, for what is counted. */
  private Person counted;

  private List<Person> all;
  private Set<String> checkIns;
  private Set<String> items;
  private Set<String> decisions;
  private String id;
  private String sealed;

  /** Of Ben's calendar. */
  private String secret;

  private Watch watch;

  /** Ben watches; with a third, he may have answered himself and still know nothing. */
  private void begin(int members) {
    couple = Couple.create();
    ana = couple.ana();
    ben = couple.ben();
    counted = ben.through("second-app");
    as(counted).get("/v1/me").then().statusCode(200);
    all = new ArrayList<>(List.of(ana, ben));
    if (members > 2) {
      Person cleo = Person.adult("cleo");
      couple.welcome(cleo);
      all.add(cleo);
    }
    checkIns = new LinkedHashSet<>();
    items = new LinkedHashSet<>();
    decisions = new LinkedHashSet<>();
    Map<String, Set<String>> known =
        Watch.known(couple, Set.of(UUID.randomUUID().toString()), Set.of());
    known.put("checkInId", checkIns);
    known.put("itemId", items);
    secret = Calendars.secret(ben);
    known.put("secret", Set.of(secret));
    known.put("decisionId", decisions);
    watch = new Watch(couple, known);
  }

  private void plan() {
    JsonPath planned = CheckIns.scheduled(couple, ana);
    id = planned.getString("id");
    sealed = CheckIns.item(planned, "sealed");
    checkIns.add(id);
    items.addAll(planned.getList("items.id"));
    // The first of an hour is noted in the reader's own access log.
    statements();
  }

  private void unseen(String act, Runnable doing) {
    long before = statements();
    watch.unseen(act, doing);
    assertThat(statements()).as("statements after %s", act).isEqualTo(before);
  }

  /** How many it takes to show Ben all of the check-in. */
  private long statements() {
    Statistics statistics = entities.unwrap(SessionFactory.class).getStatistics();
    statistics.setStatisticsEnabled(true);
    try {
      List<String> paths = new ArrayList<>();
      paths.add(couple.path("/check-ins"));
      paths.add(CheckIns.path(couple, id));
      paths.add(CheckIns.readiness(couple, id));
      paths.add(Guests.path(couple, id));
      paths.add(Calendars.path(secret));
      paths.add(CheckIns.decisions(couple, id));
      for (String item : items) {
        paths.add(CheckIns.answers(couple, id, item));
        paths.add(CheckIns.answers(couple, id, item) + "/me");
      }
      statistics.clear();
      paths.forEach(path -> as(counted).get(path).then().statusCode(200));
      return statistics.getPrepareStatementCount();
    } finally {
      statistics.setStatisticsEnabled(false);
    }
  }

  private void write(Map<String, Object> note) {
    CheckIns.write(couple, ana, id, sealed, note).then().statusCode(200);
  }

  private Response submit(Person person) {
    return CheckIns.submit(couple, person, id, sealed);
  }

  private void delete() {
    as(ana).delete(CheckIns.answers(couple, id, sealed) + "/me").then().statusCode(204);
  }

  private void takeBack() {
    CheckIns.takeBack(couple, ana, id, sealed).then().statusCode(200);
  }

  /** Each part with new people, since nobody looks without end. */
  @ParameterizedTest
  @CsvSource({
    "2, before",
    "2, given",
    "2, changed",
    "2, held",
    "2, wished",
    "2, decided",
    "3, before",
    "3, given",
    "3, changed",
    "3, held",
    "3, wished",
    "3, decided",
    "2, marked",
    "3, marked",
    "3, guests"
  })
  void nothingOfWhatOneDoesInPrivateIsSeen(int members, String part) {
    begin(members);
    watch.seen(this::plan);
    if ("before".equals(part)) {
      beforeItOpens();
    } else {
      watch.seenQuietly(() -> CheckIns.allReady(couple, id, all.toArray(Person[]::new)));
      doOpen(part);
    }
    watch.end();
  }

  /** The same for whoever has answered, and doesn't know of the third. */
  @ParameterizedTest
  @ValueSource(strings = {"given", "changed", "held", "wished", "decided", "marked"})
  void nothingIsSeenByWhoeverHasAnswered(String part) {
    begin(3);
    watch.seen(this::plan);
    watch.seenQuietly(() -> CheckIns.allReady(couple, id, all.toArray(Person[]::new)));
    watch.own(() -> CheckIns.answer(couple, ben, id, sealed, "His"));
    doOpen(part);
    watch.end();
  }

  private void beforeItOpens() {
    unseen("a first note", () -> write(Map.of("text", "A note")));
    unseen("a long note", () -> write(Map.of("text", "A note ".repeat(200))));
    unseen("no note", this::delete);
    unseen("a try to submit", () -> submit(ana).then().statusCode(409));
    unseen("ready", () -> CheckIns.allReady(couple, id, ana));
    unseen("not ready", () -> CheckIns.notReady(couple, ana, id).then().statusCode(200));
    unseen("ready again", () -> CheckIns.allReady(couple, id, ana));
  }

  private void doOpen(String part) {
    switch (part) {
      case "given" -> whatIsGiven();
      case "changed" -> whatIsChanged();
      case "held" -> whileItIsHeld();
      case "wished" -> whatIsWished();
      case "decided" -> whatIsDecided();
      case "marked" -> whatIsMarked();
      case "guests" -> whoIsWantedAsAGuest();
      default -> throw new IllegalArgumentException(part);
    }
  }

  private void whatIsGiven() {
    unseen("an answer", () -> CheckIns.answer(couple, ana, id, sealed, "Hers"));
    unseen("the same again", () -> submit(ana).then().statusCode(200));
    unseen("taken back", this::takeBack);
    unseen("and given", () -> submit(ana).then().statusCode(200));
    unseen("no answer at all", this::delete);
    unseen("a pass", () -> write(Map.of("passes", true)));
    unseen("that is given", () -> submit(ana).then().statusCode(200));
  }

  private void whatIsChanged() {
    unseen("an answer", () -> CheckIns.answer(couple, ana, id, sealed, "Hers"));
    unseen("written anew", () -> write(Map.of("text", "Hers, and more of it")));
    unseen("given anew", () -> submit(ana).then().statusCode(200));
    unseen("kept for herself", () -> write(Map.of("text", "Hers", "onlyForMe", true)));
    unseen("a try to submit that", () -> submit(ana).then().statusCode(409));
  }

  /** With a third, Ben proposes it; else Ana does, and may think better of it. */
  private void whatIsDecided() {
    String[] decision = new String[1];
    Person author = all.size() == 2 ? ana : ben;
    watch.seenQuietly(() -> decision[0] = propose(author));
    decisions.add(decision[0]);
    watch.own(() -> statements());
    unseen("a yes", () -> assent(decision[0]));
    unseen("the same again", () -> assent(decision[0]));
    unseen("no yes", () -> as(ana).delete(CheckIns.assent(couple, id, decision[0])));
    unseen("a yes after all", () -> assent(decision[0]));
    watch.seenQuietly(() -> CheckIns.end(couple, ana, id, "close").then().statusCode(200));
    unseen(
        "no yes when it is over", () -> as(ana).delete(CheckIns.assent(couple, id, decision[0])));
  }

  private String propose(Person author) {
    return CheckIns.propose(couple, author, id, Map.of("text", "We ask each other first"))
        .then()
        .statusCode(201)
        .extract()
        .path("id");
  }

  private void assent(String decision) {
    as(ana).put(CheckIns.assent(couple, id, decision)).then().statusCode(200);
  }

  /** With a third, Ben wishes it too, and knows that somebody doesn't, but not who. */
  private void whatIsWished() {
    watch.seenQuietly(() -> CheckIns.start(couple, ana, id, sealed).then().statusCode(200));
    watch.own(() -> CheckIns.wishToGoOn(couple, ben, id, sealed).then().statusCode(200));
    if (all.size() == 2) {
      watch.own(() -> as(ben).delete(CheckIns.wish(couple, id, sealed)).then().statusCode(200));
    }
    unseen("a wish to go on", () -> wish(ana).then().statusCode(200));
    unseen("the same again", () -> wish(ana).then().statusCode(200));
    unseen("a try to go on", () -> CheckIns.start(couple, ana, id, next()).then().statusCode(409));
    unseen("rather not", () -> as(ana).delete(CheckIns.wish(couple, id, sealed)));
    unseen("a wish after all", () -> wish(ana).then().statusCode(200));
  }

  private Response wish(Person person) {
    return CheckIns.wishToGoOn(couple, person, id, sealed);
  }

  private String next() {
    return CheckIns.item(CheckIns.get(couple, ana, id), "open");
  }

  /** Whether guests may have it is her own, also once all can read it. */
  private void whatIsMarked() {
    unseen("a try to mark nothing", () -> mark().then().statusCode(409));
    unseen("a note", () -> write(Map.of("text", "Hers")));
    unseen("that is marked", () -> mark().then().statusCode(200));
    unseen("given", () -> submit(ana).then().statusCode(200));
    unseen("kept from guests", () -> Guests.unmark(couple, ana, id, sealed));
    unseen("marked again", () -> mark().then().statusCode(200));
    watch.seenQuietly(
        () ->
            all.stream()
                .filter(person -> !person.equals(ana))
                .filter(person -> !CheckIns.own(couple, person, id, sealed).getBoolean("submitted"))
                .forEach(person -> CheckIns.answer(couple, person, id, sealed, "Of another")));
    unseen("kept from guests when all can read it", () -> Guests.unmark(couple, ana, id, sealed));
    unseen("and marked", () -> mark().then().statusCode(200));
  }

  private Response mark() {
    return Guests.mark(couple, ana, id, sealed);
  }

  /** Of three, one wants the guest whom Ben has proposed; the third never says. */
  private void whoIsWantedAsAGuest() {
    String[] guest = new String[1];
    watch.seenQuietly(() -> guest[0] = Guests.proposed(couple, ben, id).getString("id"));
    unseen("a yes", () -> Guests.assent(couple, ana, id, guest[0]).then().statusCode(200));
    unseen("the same again", () -> Guests.assent(couple, ana, id, guest[0]));
    unseen("not after all", () -> Guests.withdraw(couple, ana, id, guest[0]));
    unseen("that again", () -> Guests.withdraw(couple, ana, id, guest[0]));
    unseen("a yes after all", () -> Guests.assent(couple, ana, id, guest[0]));
  }

  private void whileItIsHeld() {
    CheckIns.answer(couple, ana, id, sealed, "Hers");
    UUID[] pause = new UUID[1];
    watch.seen(() -> pause[0] = couple.tap(ana));
    unseen("in a pause: taken back", this::takeBack);
    unseen("in a pause: a try to submit", () -> submit(ana).then().statusCode(409));
    watch.seen(() -> couple.lift(ana, pause[0]).then().statusCode(200));
    unseen("ready to go on", () -> CheckIns.allReady(couple, id, ana));
    unseen("not ready after all", () -> CheckIns.notReady(couple, ana, id));
    watch.seenQuietly(() -> CheckIns.end(couple, ana, id, "close").then().statusCode(200));
    unseen("a note of before is deleted", this::delete);
  }

  /** What Ben does himself is answered alike, whether or not Ana has answered. */
  @ParameterizedTest
  @ValueSource(strings = {"a note", "an answer", "a pass"})
  void noAnswerToTheOthersTellsOfIt(String act) {
    begin(3);
    watch.seen(this::plan);
    CheckIns.allReady(couple, id, all.toArray(Person[]::new));
    List<String> before = probes();

    write(act.equals("a pass") ? Map.of("passes", true) : Map.of("text", "Hers"));
    if (!act.equals("a note")) {
      submit(ana).then().statusCode(200);
    }

    assertThat(probes()).isEqualTo(before);
  }

  /** Everything that Ben can do to the item, and undoes again. */
  private List<String> probes() {
    String own = CheckIns.answers(couple, id, sealed) + "/me";
    return List.of(
        probe("PUT", own + "/submission", null),
        probe("PUT", own, "{\"text\": \"His\"}"),
        probe("PUT", own + "/submission", null),
        probe("PUT", own + "/submission", null),
        probe("PUT", own, "{\"text\": \"His again\"}"),
        probe("PUT", own + "/submission", null),
        probe("DELETE", own + "/submission", null),
        probe("PUT", own, "{\"onlyForMe\": true}"),
        probe("PUT", own + "/submission", null),
        probe("DELETE", own, null),
        probe("GET", own, null),
        probe("PUT", CheckIns.readiness(couple, id), null),
        probe("DELETE", CheckIns.readiness(couple, id), null));
  }

  private String probe(String method, String path, @Nullable String body) {
    Map<String, String> headers = new HashMap<>(Calls.login(ben));
    if (body != null) {
      headers.put("Content-Type", "application/json");
    }
    return Said.by(PlainHttp.send(new Call(method, path, headers, body)));
  }
}
