package org.stillpoint.mallory;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.stillpoint.testkit.Couple;
import org.stillpoint.testkit.EventStreamClient;
import org.stillpoint.testkit.Inbox;
import org.stillpoint.testkit.Json;
import org.stillpoint.testkit.PracticeThings;

/**
 * Of a couple, one does one thing after the other, and the other looks after each whether there is
 * anything to be seen.
 */
final class Watch {
  private final Couple couple;
  private final Map<String, Set<String>> known;
  private final EventStreamClient stream;
  private int notices;
  private long number;
  private View before;

  /** Begins with something that is seen, so that the partner knows a number. */
  Watch(Couple couple, Map<String, Set<String>> known) {
    this.couple = couple;
    this.known = known;
    this.stream = EventStreamClient.open(couple.ben());
    this.notices = Inbox.texts(couple.ben(), 0).size();
    pauseAndLift();
    this.before = look();
  }

  /** What the partner of a couple knows who has nothing else. */
  static Map<String, Set<String>> known(Couple couple, Set<String> pauses, Set<String> codes) {
    Map<String, Set<String>> known = new HashMap<>();
    known.put("relationshipId", Set.of(couple.relationship().toString()));
    known.put("pauseId", pauses);
    known.put("code", codes);
    List.of(
            "limitId",
            "draftId",
            "agreementId",
            "termId",
            "holdId",
            "signalId",
            "exportId",
            "checkInId",
            "seriesId",
            "itemId",
            "guestId",
            "guestCheckInId",
            "feedId",
            "secret",
            "deviceId",
            "endpointId",
            "decisionId",
            "reflectionId",
            "snapshotId",
            "grantId",
            "attendanceId",
            "memberId")
        .forEach(name -> known.put(name, Set.of()));
    PracticeThings.SORTS.forEach(name -> known.put(name, Set.of()));
    known.put(Estate.COUNTED, Set.of("1"));
    Estate.OFFERED.forEach((name, thing) -> known.put(name, Set.of(thing)));
    return known;
  }

  private View look() {
    return View.of(couple.ben(), known);
  }

  /** Something that the partner is told. */
  void seen(Runnable act) {
    act.run();
    expect(1, 1);
    before = look();
  }

  /** Something that the partner's apps are told, and for which the phone doesn't ring. */
  void seenQuietly(Runnable act) {
    act.run();
    expect(1, 0);
    before = look();
  }

  /** Something that the partner does, of which nobody else is told. */
  void own(Runnable act) {
    act.run();
    before = look();
  }

  void unseen(String act, Runnable doing) {
    doing.run();
    View after = look();
    after.assertSameAs(before, act);
    before = after;
  }

  /** No notice, no event, and no number left out where one would have been. */
  void end() {
    pauseAndLift();
    stream.close();
  }

  private void pauseAndLift() {
    UUID pause =
        Couple.id(
            couple
                .tap(couple.ana(), "red")
                .then()
                .statusCode(200)
                .extract()
                .as(Json.class, Json.READER)
                .get("id"));
    couple.lift(couple.ana(), pause).then().statusCode(200);
    expect(2, 2);
  }

  private void expect(int events, int ringing) {
    for (int i = 0; i < events; i++) {
      long next = stream.next().sequence();
      assertThat(next).as("the next number").isEqualTo(number == 0 ? next : number + 1);
      number = next;
    }
    notices += ringing;
    assertThat(Inbox.texts(couple.ben(), notices)).hasSize(notices);
  }
}
