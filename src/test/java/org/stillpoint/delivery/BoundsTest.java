package org.stillpoint.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.stillpoint.testkit.AppServer;
import org.stillpoint.testkit.Browser;
import org.stillpoint.testkit.Couple;
import org.stillpoint.testkit.Devices;
import org.stillpoint.testkit.Faults;
import org.stillpoint.testkit.Inbox;
import org.stillpoint.testkit.Json;
import org.stillpoint.testkit.Person;
import org.stillpoint.testkit.StillpointTest;
import org.stillpoint.testkit.Tables;

/** Who keeps deliveries waiting has a few places, and all others have the rest. */
@StillpointTest
@TestProfile(BoundsTest.FewPlaces.class)
class BoundsTest {
  private static final int HANGING = 5;
  private static final int SECONDS = 8;
  private static final long PATIENCE = 40_000_000_000L;

  /** Room for four, two of them to one carrier. */
  public static class FewPlaces implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of(
          "stillpoint.delivery.pauses-at-once", "4",
          "stillpoint.delivery.others-at-once", "4",
          "stillpoint.delivery.per-carrier-at-once", "2",
          "stillpoint.push.hosts", "push.example.org,Up.Example.com");
    }
  }

  @AfterEach
  void everythingHasEnded() throws Exception {
    RestAssured.given().delete("/sandbox/faults").then().statusCode(204);
    await("select count(*) from delivery where lease_id is not null", 0);
  }

  private static void await(String count, long wanted) throws Exception {
    long deadline = System.nanoTime() + PATIENCE;
    while (Tables.number(count) != wanted) {
      assertThat(System.nanoTime())
          .as("%s is %s", count, Tables.number(count))
          .isLessThan(deadline);
      Thread.sleep(50);
    }
  }

  private static void hang(Person person, String channel) {
    Map<String, Object> fault = new HashMap<>();
    fault.put("kind", "slow");
    fault.put("memberId", person.id().toString());
    fault.put("channel", channel);
    fault.put("times", 20);
    fault.put("delaySeconds", SECONDS);
    Faults.order(fault);
  }

  private static List<Couple> couplesWithBrowsers() {
    List<Couple> couples = IntStream.range(0, HANGING).mapToObj(i -> Couple.create()).toList();
    couples.forEach(couple -> Devices.registered(couple.ben(), Browser.subscribe()));
    return couples;
  }

  private static void assertNothingCameTo(List<Couple> couples) {
    assertThat(couples)
        .allSatisfy(couple -> assertThat(pushed(couple.ben())).as("It still hangs").isEmpty());
  }

  private static List<Devices.Pushed> pushed(Person person) {
    return Devices.pushed(person, Couple.id(Devices.of(person).getFirst()), 0);
  }

  @Test
  @Tag("S1")
  void aCarrierThatHangsLeavesRoomForAnothersPause() throws Exception {
    List<Couple> hanging = couplesWithBrowsers();
    Couple other = Couple.create();
    int before = Inbox.texts(other.ben(), 0).size();
    hanging.forEach(couple -> hang(couple.ben(), "webPush"));
    hanging.forEach(couple -> couple.tap(couple.ana()));
    await("select least(count(*), 2) from delivery where urgent and lease_id is not null", 2);

    other.tap(other.ana());

    Inbox.texts(other.ben(), before + 1);
    assertNothingCameTo(hanging);
  }

  @Test
  @Tag("S1")
  void serversOfAppsThatHangLeaveRoomForPhones() throws Exception {
    Couple couple = Couple.create();
    Couple other = Couple.create();
    int before = Inbox.texts(other.ben(), 0).size();
    try (AppServer app = AppServer.start()) {
      for (int i = 0; i < HANGING; i++) {
        app.create("https://app-" + i + ".example.org/hooks").then().statusCode(201);
      }
      app.subscribe(couple.ben());
      hang(couple.ben(), "webhook");
      couple.tap(couple.ana());
      await(
          "select least(count(*), 2) from delivery where urgent and lease_id is not null"
              + " and channel = 'webhook'",
          2);

      other.tap(other.ana());

      Inbox.texts(other.ben(), before + 1);
      assertThat(
              RestAssured.get("/sandbox/inbox/{id}", couple.ben().id())
                  .as(Json.class, Json.READER)
                  .getList("data.channel"))
          .as("All webhooks hang")
          .doesNotContain("webhook");
    }
  }

  /** A pause to a push service that answers doesn't wait behind those that have kept us waiting. */
  @Test
  @Tag("S1")
  void whatWasntAnsweredInTimeGoesOnApartFromWhatIsNew() throws Exception {
    List<Couple> hanging = couplesWithBrowsers();
    Couple other = Couple.create();
    UUID device = Devices.registered(other.ben(), Browser.subscribe());
    List<UUID> pauses = new ArrayList<>();
    for (Couple couple : hanging) {
      Faults.order(couple.ben(), "timeout", 1);
      hang(couple.ben(), "webPush");
      pauses.add(couple.tap(couple.ana()));
    }
    await(
        "select least(count(*), 2) from delivery where lease_id is not null"
            + " and carrier = 'webPush:slow'",
        2);
    for (int i = 0; i < HANGING; i++) {
      hanging.get(i).lift(hanging.get(i).ana(), pauses.get(i)).then().statusCode(200);
      hanging.get(i).tap(hanging.get(i).ana());
    }

    other.tap(other.ana());

    Devices.pushed(other.ben(), device, 1);
    assertNothingCameTo(hanging);
    String ids =
        hanging.stream()
            .map(couple -> "'" + couple.ben().id() + "'")
            .collect(Collectors.joining(", "));
    await(
        "select count(*) from delivery where urgent and carrier = 'webPush:other'"
            + " and member_id in ("
            + ids
            + ")",
        0);
  }

  @Test
  void aPushServiceThatTheOperatorNamesHasABoundOfItsOwn() throws SQLException {
    Person ben = Person.adult("ben");
    for (String host :
        List.of("push.example.org", "a.push.example.org", "UP.example.com", "evil-example.org")) {
      Devices.registered(ben, Browser.subscribe("https://" + host + "/p/" + UUID.randomUUID()));
    }
    Devices.registered(ben, Browser.subscribe("https://ntfy.sh/" + UUID.randomUUID()));

    assertThat(
            Tables.read(
                "select string_agg(carrier, ' ' order by id) from device where member_id = ?",
                ben.id()))
        .isEqualTo(
            "webPush:push.example.org webPush:push.example.org webPush:up.example.com"
                + " webPush:other webPush:ntfy.sh");
  }
}
