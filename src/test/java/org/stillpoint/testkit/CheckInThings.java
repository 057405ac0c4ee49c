package org.stillpoint.testkit;

import io.restassured.path.json.JsonPath;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A check-in that a couple can open, one that is open, to whose sealed item both have written and
 * in which it is Ana's turn to be heard, and a series. A guest is proposed to the second, one is
 * invited to the first, and Ana is one elsewhere.
 *
 * @param scheduled the id of the first
 * @param open the id of the second
 * @param item of the second, sealed
 * @param series the id of the series
 * @param decision proposed in the second by Ana
 * @param guest the id of the guest of the second
 * @param guestCode of the guest of the first
 * @param visit the id under which Ana finds the check-in of others
 */
public record CheckInThings(
    String scheduled,
    String open,
    String item,
    String series,
    String decision,
    String guest,
    String guestCode,
    String visit) {
  /** In a relationship that nobody has paused. */
  public static CheckInThings of(Couple couple) {
    JsonPath open = CheckIns.open(couple, CheckIns.planInTurns(), couple.ana(), couple.ben());
    String id = open.getString("id");
    String item = CheckIns.item(open, "sealed");
    for (Person person : new Person[] {couple.ana(), couple.ben()}) {
      CheckIns.write(couple, person, id, item, Map.of("text", "A note")).then().statusCode(200);
    }
    CheckIns.start(couple, couple.ana(), id, item).then().statusCode(200);
    CheckIns.speak(couple, couple.ana(), id, item).then().statusCode(200);
    CheckIns.inTurn(couple, couple.ana(), id, item, "finish").then().statusCode(200);
    String decision =
        CheckIns.propose(couple, couple.ana(), id, Map.of("text", "We ask each other first"))
            .then()
            .statusCode(201)
            .extract()
            .path("id");
    String scheduled = CheckIns.scheduled(couple, couple.ana()).getString("id");
    String series =
        CheckInSeries.created(couple, couple.ana(), CheckInSeries.plan()).getString("id");
    return new CheckInThings(
        scheduled,
        id,
        item,
        series,
        decision,
        Guests.proposed(couple, couple.ana(), id).getString("id"),
        Guests.invited(couple, couple.ana(), scheduled, couple.ben()).getString("code"),
        Guests.visit(couple.ana()));
  }

  /** What stands in paths, by the names of its places. */
  public Map<String, String> ids() {
    return Map.of(
        "checkInId",
        open,
        "itemId",
        item,
        "seriesId",
        series,
        "decisionId",
        decision,
        "guestId",
        guest,
        "guestCheckInId",
        visit);
  }

  /** The same for an operation, in the state in which it can be done. */
  public Map<String, String> ids(String operation) {
    return switch (operation) {
      case "getReadiness", "sayReady", "withdrawReadiness", "skipCheckIn", "deferCheckIn" ->
          Map.of("checkInId", scheduled, "seriesId", series);
      case "acceptGuestInvitation" -> Map.of("code", guestCode);
      default -> ids();
    };
  }

  /** A body that is of some use; null if the document's example is. */
  public @Nullable Map<String, Object> body(String operation) {
    return switch (operation) {
      case "scheduleCheckIn" ->
          Map.of(
              "startsAt",
              SandboxClock.now().truncatedTo(ChronoUnit.HOURS).plus(Duration.ofDays(1)).toString(),
              "templateId",
              "after-closeness");
      case "createCheckInSeries" -> CheckInSeries.plan();
      case "deferCheckIn" -> Map.of();
      case "proposeGuest" -> Map.of("role", "counsellor", "label", "Dora");
      case "proposeDecision" -> Map.of("text", "We ask each other before visitors come");
      case "writeMyAnswer" -> Map.of("text", "Another note");
      default -> null;
    };
  }
}
