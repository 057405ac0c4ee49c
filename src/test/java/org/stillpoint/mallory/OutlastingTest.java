package org.stillpoint.mallory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.stillpoint.testkit.Api.as;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.stillpoint.testkit.ApiDocument;
import org.stillpoint.testkit.ApiDocument.Operation;
import org.stillpoint.testkit.Couple;
import org.stillpoint.testkit.EventStreamClient;
import org.stillpoint.testkit.Json;
import org.stillpoint.testkit.Person;
import org.stillpoint.testkit.PlainHttp;
import org.stillpoint.testkit.PlainHttp.Answer;
import org.stillpoint.testkit.PlainHttp.Call;
import org.stillpoint.testkit.StillpointTest;

/** Mallory has got hold of a phone, a tag or an old login, and goes on after it was taken back. */
@SuppressWarnings("NullAway.Init")
@StillpointTest
@Tag("S10")
class OutlastingTest {
  private static final int SENDERS = 4;

  private Estate estate;
  private Couple couple;
  private Person ana;

  @BeforeEach
  void aFreshCouple() {
    estate = Estate.create("ana", "mallory");
    couple = estate.couple();
    ana = estate.owner();
  }

  /**
   * Sends without a break while something is taken back, until it has been refused often enough.
   * What was begun after the taking back was answered has to be refused.
   */
  private static void race(List<Call> calls, int refused, Runnable takeBack) throws Exception {
    AtomicBoolean takenBack = new AtomicBoolean();
    AtomicInteger before = new AtomicInteger();
    try (var senders = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Void>> all = new ArrayList<>();
      for (int sender = 0; sender < SENDERS; sender++) {
        all.add(senders.submit(sender(calls, refused, takenBack, before)));
      }
      while (before.get() < SENDERS * calls.size()) {
        Thread.onSpinWait();
        assertThat(all).as("the senders").noneMatch(Future::isDone);
      }
      takeBack.run();
      takenBack.set(true);
      for (Future<Void> sender : all) {
        sender.get();
      }
    }
  }

  private static Callable<Void> sender(
      List<Call> calls, int refused, AtomicBoolean takenBack, AtomicInteger before) {
    return () -> {
      int refusals = 0;
      while (refusals < 2 * calls.size()) {
        for (Call call : calls) {
          boolean after = takenBack.get();
          int status = PlainHttp.send(call).status();
          if (after) {
            assertThat(status).as(call.method() + " " + call.path()).isEqualTo(refused);
            refusals++;
          } else {
            assertThat(status).isIn(200, refused);
            before.incrementAndGet();
          }
        }
      }
      return null;
    };
  }

  private List<Call> callsOf(Person person) {
    Map<String, String> login = Calls.login(person);
    return List.of(
        new Call("GET", couple.path("/state"), login),
        new Call("POST", couple.path("/pauses"), login),
        new Call("PUT", couple.path("/pauses/" + UUID.randomUUID()), login),
        new Call("GET", couple.path("/members"), login));
  }

  @Test
  void aPhoneThatIsCutOffIsOutAtOnceWhateverItSends() throws Exception {
    Person phone = ana.through("stolen-phone");
    String id = Estate.app(ana, "stolen-phone");

    race(callsOf(phone), 401, () -> delete("/v1/me/clients/" + id));
  }

  @Test
  void aTagThatIsRevokedIsOutAtOnceWhateverItSends() throws Exception {
    Call tap = new Call("POST", "/v1/taps", Map.of("Tap-Key", estate.tapKey()));

    race(List.of(tap), 401, () -> delete(couple.path("/tap-keys/" + estate.thing("tapKeyId"))));

    UUID pause =
        Couple.id(
            as(ana)
                .get(couple.path("/state"))
                .then()
                .extract()
                .as(Json.class, Json.READER)
                .get("activePauses[0].id"));
    couple.lift(ana, pause).then().statusCode(200);
    assertThat(PlainHttp.send(tap).status()).isEqualTo(401);
    assertThat(couple.state(ana)).isEqualTo("open");
  }

  @Test
  @Tag("S32")
  void whoLeavesIsOutAtOnceWhateverIsSent() throws Exception {
    estate.welcome(Person.adult("cleo"));

    race(callsOf(ana), 404, () -> couple.leave(ana));

    as(estate.partner()).get(couple.path("/state")).then().statusCode(200);
    assertThat(couple.state(estate.partner())).isEqualTo("open");
  }

  @Test
  @Tag("S32")
  void aTagOfOneWhoLeavesIsOutAtOnce() throws Exception {
    estate.welcome(Person.adult("cleo"));
    Call tap = new Call("POST", "/v1/taps", Map.of("Tap-Key", estate.tapKey()));

    race(List.of(tap), 401, () -> couple.leave(ana));

    assertThat(couple.state(estate.partner())).isEqualTo("open");
  }

  private void delete(String path) {
    as(ana).delete(path).then().statusCode(204);
  }

  /** A login of an app that was cut off is refused by every operation in the same words. */
  @Test
  void anOldLoginOpensNothing() {
    Person phone = ana.through("stolen-phone");
    String id = Estate.app(ana, "stolen-phone");
    View before;
    try (EventStreamClient stream = EventStreamClient.open(phone)) {
      delete("/v1/me/clients/" + id);
      before = View.of(ana, estate.known());
      stream.awaitEnd();
    }

    Set<String> refusals = new HashSet<>();
    for (Operation operation : ApiDocument.read().operations()) {
      if (!operation.takesTapKey() && !operation.needsNoLogin() && !operation.isForApps()) {
        String address = Calls.address(operation, place -> estate.thing(operation, place));
        Answer answer = PlainHttp.send(Calls.of(operation, address, Calls.login(phone), estate));
        assertThat(answer.status()).as(operation.id()).isEqualTo(401);
        refusals.add(answer.body().replaceAll("\"requestId\":\"[^\"]+\"", ""));
      }
    }

    assertThat(refusals).hasSize(1).allMatch(body -> body.contains("client-cut-off"));
    View.of(ana, estate.known()).assertSameAs(before, "an old login");
  }

  /**
   * Revoked, of an app cut off and let in again, of one who left, of one who left and came back.
   */
  @Test
  @Tag("S34")
  void anOldTagLooksLikeAnInventedOne() {
    Person watch = ana.through("watch");
    String ofTheWatch =
        as(watch)
            .post(couple.path("/tap-keys"))
            .then()
            .statusCode(201)
            .extract()
            .as(Json.class, Json.READER)
            .get("key");
    delete(couple.path("/tap-keys/" + estate.thing("tapKeyId")));
    String app = Estate.app(ana, "watch");
    delete("/v1/me/clients/" + app);
    as(ana).post("/v1/me/clients/{id}/readmission", app).then().statusCode(200);
    Estate left = Estate.create("dora", "mallory");
    left.couple().leave(left.owner());
    Estate returned = Estate.create("eva", "mallory");
    Person cleo = Person.adult("cleo");
    returned.welcome(cleo);
    returned.couple().leave(returned.owner());
    returned.takeBack(cleo);

    String invented = tap("stap_AYk3xQv0m1c2d3e4f5g6h7");
    assertThat(tap(estate.tapKey())).isEqualTo(invented);
    assertThat(tap(ofTheWatch)).isEqualTo(invented);
    assertThat(tap(left.tapKey())).isEqualTo(invented);
    assertThat(tap(returned.tapKey())).isEqualTo(invented);
    assertThat(tap(estate.tapKey() + "A")).isEqualTo(invented);
    assertThat(couple.state(ana)).isEqualTo("open");
  }

  private static String tap(String key) {
    Answer answer =
        PlainHttp.send(
            new Call("POST", "/v1/taps", Map.of("Tap-Key", key, "Idempotency-Key", "old")));
    assertThat(answer.status()).isEqualTo(401);
    return Said.by(answer);
  }
}
