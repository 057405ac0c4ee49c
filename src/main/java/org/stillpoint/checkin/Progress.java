package org.stillpoint.checkin;

import jakarta.persistence.Embeddable;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.Nullable;

/**
 * How far an open talk is: its item, what of the item's time is spent, and whose turn it is.
 * Nothing counts it down; it follows from the times that are stored. All of it is written over, so
 * that nobody's speaking times can be told (S26).
 */
@Embeddable
public class Progress {
  /** How often a speaker lets the listeners try again. */
  private static final int MOST_NOT_YETS = 2;

  private @Nullable UUID itemId;
  private @Nullable Instant runningSince;
  private long spentMillis;
  private boolean goesOn;

  @JdbcTypeCode(SqlTypes.ARRAY)
  private List<UUID> spokenIds = List.of();

  private @Nullable UUID speakerId;

  @Enumerated(EnumType.STRING)
  private @Nullable TurnState turnState;

  private long turnFrom;
  private short notYets;

  protected Progress() {}

  /** The item that is talked about; null before the first, and when the talk is over. */
  @Nullable UUID itemId() {
    return itemId;
  }

  boolean isAt(UUID item) {
    return item.equals(itemId);
  }

  /** An item begins, with all of its time. */
  void start(UUID item, Instant now) {
    clear();
    itemId = item;
    runningSince = now;
  }

  /** After a pause the clock runs on; a wish of before it counts no more. */
  void resume(Instant now) {
    if (itemId != null) {
      runningSince = now;
    }
  }

  void clear() {
    itemId = null;
    runningSince = null;
    spentMillis = 0;
    goesOn = false;
    spokenIds = List.of();
    endTurn();
  }

  /**
   * What of the item's time is spent. A pause stops the clock when it comes in; one that came in a
   * moment before the clock began stops it there.
   *
   * @param pausedSince when the first of the active pauses came in; null if there is none
   */
  Duration spent(Instant now, @Nullable Instant pausedSince) {
    Duration before = Duration.ofMillis(spentMillis);
    Instant since = runningSince;
    if (since == null) {
      return before;
    }
    Instant until = pausedSince == null || pausedSince.isAfter(now) ? now : pausedSince;
    return until.isAfter(since) ? before.plus(Duration.between(since, until)) : before;
  }

  /** What is left of the item's time; never less than nothing. */
  Duration left(CheckInItem item, Instant now, @Nullable Instant pausedSince) {
    return orNothing(Duration.ofSeconds(item.seconds()).minus(spent(now, pausedSince)));
  }

  private static Duration orNothing(Duration left) {
    return left.isNegative() ? Duration.ZERO : left;
  }

  /** Whether the clock has begun and was not stopped by the end of a pause. */
  boolean isRunning() {
    return runningSince != null;
  }

  /** All wish to go on to the next item. */
  void letGoOn() {
    goesOn = true;
  }

  boolean goesOn() {
    return goesOn;
  }

  /** Whose turn it is; null between turns. */
  @Nullable UUID speakerId() {
    return speakerId;
  }

  @Nullable TurnState turnState() {
    return turnState;
  }

  /**
   * What is left of the turn: each has the same share of the item's time, in which what is said
   * back counts too.
   */
  Duration leftOfTurn(
      CheckInItem item, int participants, Instant now, @Nullable Instant pausedSince) {
    Duration share = Duration.ofSeconds(item.seconds()).dividedBy(participants);
    Duration used = spent(now, pausedSince).minusMillis(turnFrom);
    Duration left = orNothing(share.minus(used));
    Duration ofItem = left(item, now, pausedSince);
    return left.compareTo(ofItem) < 0 ? left : ofItem;
  }

  /** Who may still speak in this round; all, when all have. */
  List<UUID> toSpeak(List<UUID> participants) {
    List<UUID> rest =
        participants.stream().filter(participant -> !spokenIds.contains(participant)).toList();
    return rest.isEmpty() ? List.copyOf(participants) : rest;
  }

  /** Somebody speaks now, in whose place nobody does. */
  void takeTurn(UUID speaker, List<UUID> participants, Instant now) {
    endTurn();
    hadTurn(speaker, participants);
    speakerId = speaker;
    turnState = TurnState.SPEAKING;
    turnFrom = spent(now, null).toMillis();
  }

  /** In the next round, once all have had their turn in this one. */
  private void hadTurn(UUID member, List<UUID> participants) {
    Set<UUID> spoken =
        spokenIds.containsAll(participants) ? new TreeSet<>() : new TreeSet<>(spokenIds);
    spoken.add(member);
    spokenIds = List.copyOf(spoken);
  }

  /** Lets a turn of one's own go that has not come yet; whether that changes anything. */
  boolean forgo(UUID member, List<UUID> participants) {
    if (!toSpeak(participants).contains(member)) {
      return false;
    }
    hadTurn(member, participants);
    return true;
  }

  void finishSpeaking() {
    turnState = TurnState.REFLECTING;
  }

  /** The speaker wasn't understood yet, and says it again; whether that can still be. */
  boolean notYet() {
    if (notYets == MOST_NOT_YETS) {
      return false;
    }
    notYets++;
    turnState = TurnState.SPEAKING;
    return true;
  }

  void endTurn() {
    speakerId = null;
    turnState = null;
    turnFrom = 0;
    notYets = 0;
  }
}
