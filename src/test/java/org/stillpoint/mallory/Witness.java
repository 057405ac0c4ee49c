package org.stillpoint.mallory;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.stillpoint.testkit.Couple;
import org.stillpoint.testkit.EventStreamClient;
import org.stillpoint.testkit.EventStreamClient.Received;
import org.stillpoint.testkit.Json;
import org.stillpoint.testkit.Person;

/**
 * Tells what reaches a person, also if that is nothing: a friend elsewhere sends signals, and what
 * was sent before has come before them.
 */
final class Witness implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final Person person;
  private final Couple friends;
  private EventStreamClient stream;
  private long number;
  private int notices;

  private Witness(Person person) {
    this.person = person;
    Person friend = Person.adult("friend");
    this.friends = new Couple(friend, person, Couple.begin(friend));
    friends.invite(friend, person);
    this.stream = EventStreamClient.open(person);
  }

  static Witness of(Person person) {
    Witness witness = new Witness(person);
    Received first = witness.signal().getLast();
    witness.number = first.sequence();
    witness.notices = witness.inbox().size();
    return witness;
  }

  /**
   * What has reached the person.
   *
   * @param events their types
   * @param hidden how many numbers of the feed were left out
   */
  record Told(List<String> events, long hidden, int notices) {
    static final Told NOTHING = new Told(List.of(), 0, 0);
  }

  /** After the person has left something, which ends the streams: what comes from now on. */
  void listenAgain() {
    stream.close();
    stream = EventStreamClient.open(person);
    number = signal().getLast().sequence();
    notices = inbox().size();
  }

  /** What has reached the person since the last time. */
  Told told() {
    List<Received> received = signal();
    long last = received.getLast().sequence();
    List<String> events = received.stream().limit(received.size() - 2).map(Received::type).toList();
    int now = inbox().size();
    Told told = new Told(events, last - number - received.size(), now - notices - 2);
    number = last;
    notices = now;
    return told;
  }

  /** The friend pauses and lifts; all events up to the lift, when both notices are there too. */
  private List<Received> signal() {
    UUID pause =
        Couple.id(
            friends
                .tap(friends.ana(), "red")
                .then()
                .statusCode(200)
                .extract()
                .as(Json.class, Json.READER)
                .get("id"));
    friends.lift(friends.ana(), pause).then().statusCode(200);
    List<Received> received = new ArrayList<>();
    List<String> signals = new ArrayList<>();
    while (signals.size() < 2) {
      Received next = stream.next();
      received.add(next);
      if (pause.toString().equals(next.data().getString("resource.id"))) {
        signals.add(next.data().getString("id"));
      }
    }
    Instant deadline = Instant.now().plus(PATIENCE);
    while (!inbox().containsAll(signals)) {
      assertThat(Instant.now()).as("waiting for notices").isBefore(deadline);
      Thread.yield();
    }
    return received;
  }

  private List<String> inbox() {
    return given()
        .get("/sandbox/inbox/{m}", person.id())
        .then()
        .extract()
        .as(Json.class, Json.READER)
        .get("data.id");
  }

  @Override
  public void close() {
    stream.close();
  }
}
