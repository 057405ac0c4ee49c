package org.stillpoint.checkin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.is;
import static org.stillpoint.testkit.Api.as;
import static org.stillpoint.testkit.Api.wrongly;

import io.restassured.http.ContentType;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.stillpoint.api.problem.ProblemException;
import org.stillpoint.testkit.CheckIns;
import org.stillpoint.testkit.Couple;
import org.stillpoint.testkit.Inbox;
import org.stillpoint.testkit.Json;
import org.stillpoint.testkit.Person;
import org.stillpoint.testkit.SandboxClock;
import org.stillpoint.testkit.SentReminders;
import org.stillpoint.testkit.StillpointTest;
import org.stillpoint.testkit.Tables;
import org.stillpoint.transaction.MemberTransactions;

/** Whoever wants to is reminded of what is planned: once, neutrally, and never in a pause. */
@SuppressWarnings("NullAway.Init")
@StillpointTest
class ReminderTest {
  private static final int HOUR = 3_600;
  private static final int DAY = 86_400;
  private static final String SETTING = "/v1/me/check-in-reminders";

  @Inject ReminderJob job;
  @Inject Reminders reminders;
  @Inject MemberTransactions members;

  private Couple couple;
  private Person ana;
  private Person ben;

  @BeforeEach
  void aFreshCouple() {
    couple = Couple.create();
    ana = couple.ana();
    ben = couple.ben();
  }

  private static Response set(Person person, Integer... leads) {
    return as(person)
        .contentType(ContentType.JSON)
        .body(Map.of("leadSeconds", List.of(leads)))
        .put(SETTING);
  }

  /** A talk of all in so many hours. */
  private String plan(Couple couple, Person by, int hours) {
    String startsAt =
        SandboxClock.now().truncatedTo(ChronoUnit.SECONDS).plus(Duration.ofHours(hours)).toString();
    return CheckIns.schedule(couple, by, CheckIns.with(CheckIns.plan(), "startsAt", startsAt))
        .then()
        .statusCode(201)
        .extract()
        .as(Json.class, Json.READER)
        .get("id");
  }

  private void later(int minutes) throws SQLException {
    SandboxClock.advance(Duration.ofMinutes(minutes));
    job.round();
  }

  /** How often this person's apps were reminded. */
  private static long reminders(Person person) {
    List<String> types =
        as(person).get("/v1/events?limit=100").as(Json.class, Json.READER).getList("data.type");
    return types.stream().filter("checkIn.reminder"::equals).count();
  }

  @Test
  void nobodyIsRemindedWhoHasNotAskedForIt() throws Exception {
    as(ana).get(SETTING).then().statusCode(200).body("leadSeconds", is(List.of()));
    set(ana, DAY, HOUR).then().statusCode(200).body("leadSeconds", is(List.of(HOUR, DAY)));
    as(ben).get(SETTING).then().body("leadSeconds", is(List.of()));
    plan(couple, ana, 30);

    later(7 * 60);
    later(22 * 60 + 30);

    assertThat(reminders(ana)).isEqualTo(2);
    assertThat(reminders(ben)).isZero();
    set(ana).then().statusCode(200).body("leadSeconds", is(List.of()));
    as(ana).get(SETTING).then().body("leadSeconds", is(List.of()));
  }

  @ParameterizedTest
  @CsvSource({"1, 0", "-3600, 0", "7200, 0"})
  void thereAreTwoTimesToChooseFrom(int lead, int place) {
    wrongly(ana)
        .contentType(ContentType.JSON)
        .body(Map.of("leadSeconds", List.of(lead)))
        .put(SETTING)
        .then()
        .statusCode(400)
        .body("errors.pointer", is(List.of("/leadSeconds/" + place)));
    as(ana).get(SETTING).then().body("leadSeconds", is(List.of()));
  }

  @Test
  @Tag("S30")
  void itSaysNothingAndComesOnce() throws Exception {
    as(ana)
        .contentType(ContentType.JSON)
        .body(Map.of("locale", "de"))
        .patch("/v1/me")
        .then()
        .statusCode(200);
    set(ana, HOUR);
    String id = plan(couple, ben, 3);
    int before = Inbox.texts(ana, 2).size();
    later(119);
    assertThat(reminders(ana)).isZero();

    later(2);
    later(1);
    job.round();

    assertThat(reminders(ana)).isEqualTo(1);
    assertThat(Inbox.texts(ana, before + 1))
        .hasSize(before + 1)
        .last()
        .isEqualTo("In der App gibt es etwas Neues.");
    as(ana)
        .get("/v1/events?limit=100")
        .then()
        .body("data.find { it.type == 'checkIn.reminder' }.resource.id", is(id));
  }

  /** It waits for the lift, whoever has paused, and two that waited are one. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  @Tag("S9")
  void itWaitsWhileAnybodyPauses(boolean own) throws Exception {
    Person raiser = own ? ana : ben;
    set(ana, DAY, HOUR);
    plan(couple, ana, 25);
    UUID pause = couple.tap(raiser);
    later(2 * 60);
    later(23 * 60 - 30);
    assertThat(reminders(ana)).isZero();

    couple.lift(raiser, pause).then().statusCode(200);
    job.round();
    job.round();

    assertThat(reminders(ana)).isEqualTo(1);
  }

  @Test
  @Tag("S9")
  void afterTheStartItGoesUnsent() throws Exception {
    set(ana, HOUR);
    plan(couple, ana, 2);
    UUID pause = couple.tap(ben);
    later(121);

    couple.lift(ben, pause).then().statusCode(200);
    job.round();

    assertThat(reminders(ana)).isZero();
  }

  /** Between looking and sending somebody may tap: what was begun is undone. */
  @Test
  @Tag("S9")
  void aPauseThatComesJustThenIsHeeded() throws Exception {
    set(ana, HOUR);
    String id = plan(couple, ana, 2);
    Reminders.Due due =
        new Reminders.Due(couple.relationship(), UUID.fromString(id), ana.id(), "{" + HOUR + "}");
    couple.tap(ben);

    assertThatThrownBy(() -> members.call(ana.id(), () -> reminders.send(due)))
        .isInstanceOf(ProblemException.class);

    assertThat(reminders(ana)).isZero();
    assertThat(SentReminders.countOf(ana.id())).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"skip", "defer", "close"})
  void nobodyIsRemindedOfWhatIsCalledOff(String how) throws Exception {
    set(ana, HOUR);
    String id = plan(couple, ana, 3);
    CheckIns.end(couple, ben, id, how).then().statusCode(200);

    later(121);

    assertThat(reminders(ana)).isZero();
  }

  /** Neither of being ready, nor of an answer that is missing. */
  @Test
  @Tag("S16")
  @Tag("S22")
  void nobodyIsRemindedOfWhatOthersWaitFor() throws Exception {
    set(ana, HOUR, DAY);
    String open = CheckIns.open(couple, ana, ben).getString("id");
    String item = CheckIns.item(CheckIns.get(couple, ben, open), "sealed");
    CheckIns.answer(couple, ben, open, item, "His");

    later(60);
    later(24 * 60);

    assertThat(reminders(ana)).isZero();
  }

  @Test
  @Tag("S32")
  void onlyThoseAreRemindedWhoTakePart() throws Exception {
    Person cleo = Person.adult("cleo");
    couple.welcome(cleo);
    for (Person person : List.of(ana, ben, cleo)) {
      set(person, HOUR);
    }
    plan(couple, ana, 3);
    CheckIns.schedule(
            couple,
            ana,
            CheckIns.with(
                CheckIns.with(
                    CheckIns.plan(),
                    "startsAt",
                    SandboxClock.now()
                        .truncatedTo(ChronoUnit.SECONDS)
                        .plus(Duration.ofHours(3))
                        .toString()),
                "participantIds",
                List.of(ana.id(), ben.id())))
        .then()
        .statusCode(201);
    couple.leave(ben);

    later(121);

    assertThat(reminders(ana)).as("the other one can't be had alone").isEqualTo(1);
    assertThat(reminders(cleo)).isEqualTo(1);
    assertThat(reminders(ben)).isZero();
  }

  /** Whoever plans something for soon, or asks for reminders late, isn't told what they know. */
  @Test
  void nobodyIsRemindedOfWhatIsDueAlready() throws Exception {
    set(ana, HOUR, DAY);
    plan(couple, ana, 2);
    String ofBen = plan(couple, ben, 1);
    CheckIns.end(couple, ben, ofBen, "close");
    job.round();
    assertThat(reminders(ana)).isZero();

    set(ben, DAY, HOUR);
    later(70);

    assertThat(reminders(ana)).isEqualTo(1);
    assertThat(reminders(ben)).isEqualTo(1);
    set(ben, HOUR);
    job.round();
    assertThat(reminders(ben)).isEqualTo(1);
  }

  @Test
  void manyReplicasSendOne() throws Exception {
    set(ana, HOUR);
    set(ben, HOUR);
    plan(couple, ana, 2);
    plan(couple, ben, 2);
    SandboxClock.advance(Duration.ofMinutes(61));

    try (var replicas = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Boolean>> all = new ArrayList<>();
      Callable<Boolean> round =
          () -> {
            job.round();
            return true;
          };
      for (int i = 0; i < 4; i++) {
        all.add(replicas.submit(round));
      }
      for (Future<Boolean> one : all) {
        one.get();
      }
    }

    assertThat(reminders(ana)).isEqualTo(2);
    assertThat(reminders(ben)).isEqualTo(2);
  }

  /** However much of it there is: it comes as soon as it can. */
  @Test
  void whatCannotBeSentHoldsUpNobodyElse() throws Exception {
    Couple others = Couple.create();
    set(ana, HOUR);
    set(others.ana(), HOUR);
    int copies = copiesBefore(plan(couple, ana, 2));
    plan(others, others.ana(), 2);
    long last = lastOf(ana, Long.MAX_VALUE);

    later(61);

    assertThat(reminders(others.ana())).isEqualTo(1);
    assertThat(SentReminders.countOf(ana.id())).isZero();

    lastOf(ana, last);
    job.round();

    assertThat(SentReminders.countOf(ana.id())).isEqualTo(copies + 1);
  }

  /** As many like this one as are looked for at once, and earlier; how many. */
  private static int copiesBefore(String checkIn) throws SQLException {
    return Tables.change(
        "insert into check_in (relationship_id, id, created_by, participant_ids, template_id,"
            + " template_version, starts_at, created_at)"
            + " select relationship_id, uuidv7(), created_by, participant_ids, template_id,"
            + " template_version, starts_at - interval '1 minute', created_at"
            + " from check_in cross join generate_series(1, 100) where id = ?",
        UUID.fromString(checkIn));
  }

  /** Numbers the last event; after the greatest number there can be no other. What it was. */
  private static long lastOf(Person person, long number) throws SQLException {
    long before = Tables.number("select last_sequence from feed where member_id = ?", person.id());
    Tables.change("update feed set last_sequence = ? where member_id = ?", number, person.id());
    return before;
  }
}
