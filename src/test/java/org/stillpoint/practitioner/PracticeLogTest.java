package org.stillpoint.practitioner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.is;
import static org.stillpoint.testkit.Api.as;

import java.sql.Connection;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.stillpoint.testkit.ApiDocument;
import org.stillpoint.testkit.AtOnce;
import org.stillpoint.testkit.Couple;
import org.stillpoint.testkit.EventStreamClient;
import org.stillpoint.testkit.Json;
import org.stillpoint.testkit.Person;
import org.stillpoint.testkit.PlainHttp;
import org.stillpoint.testkit.PlainHttp.Call;
import org.stillpoint.testkit.Practices;
import org.stillpoint.testkit.Reflections;
import org.stillpoint.testkit.StillpointTest;
import org.stillpoint.testkit.StoredWords;
import org.stillpoint.testkit.Tables;

/**
 * Each reading of a practitioner is seen by those whose things they are, and none outlasts the end.
 */
@StillpointTest
class PracticeLogTest {
  private Couple couple;
  private Person ana;
  private Person ben;
  private Person dora;

  @BeforeEach
  void aCoupleAndAPractitioner() {
    couple = Couple.create();
    ana = couple.ana();
    ben = couple.ben();
    dora = Practices.practitioner();
  }

  /** Over every reading that the document knows, also where nothing has changed or is asked for. */
  @Test
  @Tag("S29")
  void everyReadingOfSharedThingsIsInTheLogOfAll() {
    UUID grant = Practices.granted(couple, dora, Practices.SCOPES);
    String attendance = Practices.attended(couple, dora, grant);
    List<String> paths =
        ApiDocument.read().operations().stream()
            .filter(operation -> "GET".equals(operation.method()))
            .map(ApiDocument.Operation::path)
            .filter(path -> path.startsWith("/v1/practice/grants/"))
            .toList();
    assertThat(paths).hasSizeGreaterThanOrEqualTo(3);

    for (String path : paths) {
      boolean ofOne = path.contains("{memberId}");
      String address =
          path.replace("{grantId}", grant.toString())
              .replace("{memberId}", ana.id().toString())
              .replace("{attendanceId}", attendance);
      for (String method : List.of("GET", "HEAD")) {
        List<String> anasBefore = Practices.readings(ana);
        List<String> bensBefore = Practices.readings(ben);
        assertThat(send(method, address).status()).as(method + path).isEqualTo(200);
        assertThat(Practices.readings(ana)).as(method + path).hasSize(anasBefore.size() + 1);
        assertThat(Practices.readings(ben))
            .as(method + path)
            .hasSize(bensBefore.size() + (ofOne ? 0 : 1));
      }
    }
    assertThat(Practices.readings(ana)).allMatch(reading -> reading.endsWith(grant.toString()));
    assertThat(Practices.readings(dora)).isEmpty();
  }

  private PlainHttp.Answer send(String method, String address) {
    return PlainHttp.send(
        new Call(method, address, Map.of("Authorization", "Bearer " + dora.token())));
  }

  @Test
  @Tag("S28")
  @Tag("S29")
  void aReadingUnderASelfGrantIsInItsMembersLogAlone() {
    UUID grant = Practices.own(ana, dora, "pauses", "snapshots");

    Practices.pauses(dora, grant);
    Practices.copies(dora, grant, ana);

    assertThat(Practices.readings(ana))
        .containsExactlyInAnyOrder("practice.pauses " + grant, "practice.snapshots " + grant);
    assertThat(Practices.readings(ben)).isEmpty();
  }

  /** A refusal is no reading; what can't be written down isn't read. */
  @Test
  @Tag("S29")
  void nothingIsReadWithoutItsLine() throws Exception {
    UUID grant = Practices.granted(couple, dora, "pauses");
    Practices.read(dora, grant, "/members/" + ana.id() + "/snapshots").then().statusCode(404);
    assertThat(Practices.readings(ana)).isEmpty();
    try (Connection owner = Tables.connect();
        Statement statement = owner.createStatement()) {
      statement.execute(
          "alter table access_log add constraint no_reading"
              + " check (kind <> 'practice.pauses') not valid");
      try {
        assertThat(Practices.read(dora, grant, "/pauses").statusCode()).isGreaterThanOrEqualTo(400);
      } finally {
        statement.execute("alter table access_log drop constraint no_reading");
      }
    }
    Practices.read(dora, grant, "/pauses").then().statusCode(200);
    assertThat(Practices.readings(ben)).containsExactly("practice.pauses " + grant);
  }

  /** A hundred copies or none: the other's log is the same, though the tool reads every page. */
  @Test
  @Tag("S23")
  @Tag("S29")
  void theLogOfOneTellsNothingOfTheCopiesOfAnother() {
    UUID grant = Practices.granted(couple, dora, "snapshots");
    String reflection = Reflections.kept(ana, "Hers");
    for (int i = 0; i < 30; i++) {
      Practices.given(ana, reflection, grant);
    }

    String next = "";
    int pages = 0;
    do {
      Json page =
          Practices.read(dora, grant, "/members/" + ana.id() + "/snapshots?limit=10" + next)
              .then()
              .statusCode(200)
              .extract()
              .as(Json.class, Json.READER);
      next = page.get("nextCursor") == null ? null : "&cursor=" + page.get("nextCursor");
      pages++;
    } while (next != null);
    Practices.copies(dora, grant, ben);

    assertThat(pages).isEqualTo(3);
    assertThat(Practices.readings(ana)).hasSize(3);
    assertThat(Practices.readings(ben)).hasSize(1);
  }

  /** Whoever hears that it has ended can rely on it, whatever was under way. */
  @Test
  @Tag("S27")
  void nobodyReadsAfterTheEndWasTold() {
    UUID grant = Practices.granted(couple, dora, "pauses");
    ConcurrentLinkedQueue<long[]> readings = new ConcurrentLinkedQueue<>();
    long[] ended = new long[1];
    List<Runnable> all = new ArrayList<>();
    IntStream.range(0, 3)
        .forEach(
            reader ->
                all.add(
                    () -> {
                      for (int i = 0; i < 40; i++) {
                        long begun = System.nanoTime();
                        int status = Practices.read(dora, grant, "/pauses").statusCode();
                        readings.add(new long[] {begun, status});
                      }
                    }));
    all.add(
        () -> {
          while (readings.size() < 15) {
            Thread.onSpinWait();
          }
          Practices.end(couple, ben, grant).then().statusCode(204);
          ended[0] = System.nanoTime();
        });

    AtOnce.each(all, Runnable::run);

    assertThat(readings).anyMatch(reading -> reading[1] == 200);
    assertThat(readings.stream().filter(reading -> reading[0] > ended[0]))
        .isNotEmpty()
        .allMatch(reading -> reading[1] == 404);
  }

  /** Revoked, expired, suspended, of another app or of nobody: it never existed. */
  @Test
  @Tag("S34")
  void whatIsNotGrantedLooksLikeNothing() throws Exception {
    UUID revoked = Practices.granted(couple, dora, "pauses", "snapshots");
    Practices.end(couple, ana, revoked).then().statusCode(204);
    UUID asked = Practices.requested(couple, ana, Practices.code(dora), "pauses");
    UUID narrow = Practices.own(ben, dora, "snapshots");
    UUID others = Practices.own(ben, Practices.practitioner(), "pauses");
    String nothing = said(UUID.randomUUID(), "/pauses");

    for (UUID hidden : List.of(revoked, asked, narrow, others)) {
      assertThat(said(hidden, "/pauses")).isEqualTo(nothing);
    }
    for (UUID hidden : List.of(revoked, asked, others)) {
      assertThat(said(hidden, "")).isEqualTo(nothing);
    }
    assertThat(StoredWords.columnsWith(revoked.toString()))
        .as("who still knows its id")
        .allMatch(
            column ->
                Stream.of("shared_grant", "event", "idempotency", "access_log")
                    .anyMatch(column::startsWith));
    as(dora)
        .get("/v1/events?limit=100")
        .then()
        .statusCode(200)
        .body("data.findAll { it.toString().contains('" + revoked + "') }", is(List.of()));
  }

  private String said(UUID grant, String rest) {
    PlainHttp.Answer answer = send("GET", "/v1/practice/grants/" + grant + rest);
    return answer.status()
        + answer.body().replaceAll("\"(requestId|instance)\":\"[^\"]+\"", "")
        + answer.headers().keySet();
  }

  /** All are told of what has come about and what is over, and nobody of who did it. */
  @Test
  @Tag("S16")
  @Tag("S17")
  void aYesThatIsNotTheLastIsNoNews() {
    Person cleo = Person.adult("cleo");
    couple.welcome(cleo);
    try (EventStreamClient told = EventStreamClient.open(cleo)) {
      UUID grant = Practices.requested(couple, ana, Practices.code(dora), "pauses");
      assertThat(told.next().type()).isEqualTo("grant.requested");
      String before = said(cleo, grant);

      Practices.assent(couple, ben, grant).then().statusCode(200);
      assertThat(said(cleo, grant)).isEqualTo(before);
      Practices.end(couple, ben, grant).then().statusCode(204);
      assertThat(said(cleo, grant)).isEqualTo(before);
      Practices.assent(couple, cleo, grant).then().statusCode(200).body("state", is("requested"));
      Practices.assent(couple, ben, grant).then().statusCode(200).body("state", is("active"));
      EventStreamClient.Received came = told.next();
      assertThat(came.type()).isEqualTo("grant.changed");
      assertThat(came.data().getMap("")).doesNotContainKeys("actor", "actorId", "memberId");

      Practices.end(couple, ben, grant).then().statusCode(204);
      assertThat(told.next().type()).isEqualTo("grant.changed");
    }
  }

  private String said(Person person, UUID grant) {
    return PlainHttp.send(
            new Call(
                "GET",
                Practices.path(couple, grant),
                Map.of("Authorization", "Bearer " + person.token())))
        .body();
  }

  /** The practitioner is told to look again, and never at what. */
  @Test
  @Tag("S34")
  void thePractitionersEventsNameNoGrant() {
    try (EventStreamClient told = EventStreamClient.open(dora)) {
      UUID grant = Practices.granted(couple, dora, "pauses");
      EventStreamClient.Received began = told.next();
      assertThat(began.type()).isEqualTo("practice.changed");
      couple.tap(ana);
      Practices.end(couple, ana, grant).then().statusCode(204);
      EventStreamClient.Received ended = told.next();
      assertThat(ended.type()).isEqualTo("practice.changed");
      assertThat(ended.sequence()).isEqualTo(began.sequence() + 1);
      assertThat(ended.data().prettify()).doesNotContain(grant.toString());
      assertThat(ended.data().getString("resource.id")).isEqualTo(dora.id().toString());
    }
  }
}
