package org.stillpoint.event;

import java.util.List;
import java.util.stream.Stream;

/** Everything that can be told to a member's apps. Names on the wire never change. */
public enum EventType {
  PAUSE_RAISED("pause.raised", Reach.URGENT),
  PAUSE_STRENGTHENED("pause.strengthened", Reach.URGENT),
  PAUSE_LIFTED("pause.lifted", Reach.NEUTRAL),
  PAUSE_ACKNOWLEDGED("pause.acknowledged", Reach.NEUTRAL),
  PAUSE_ENDED("pause.ended", Reach.NEUTRAL),
  RETURN_OVERLAP_CHANGED("pause.returnOverlapChanged", Reach.NEUTRAL),
  LIMIT_DRAWN("limit.drawn", Reach.NEUTRAL),
  LIMIT_CHANGED("limit.changed", Reach.NEUTRAL),
  AGREEMENT_PROPOSED("agreement.proposed", Reach.PRESSURE),
  AGREEMENT_CHANGED("agreement.changed", Reach.NEUTRAL),
  CHECK_IN_SCHEDULED("checkIn.scheduled", Reach.PRESSURE),
  CHECK_IN_OPENED("checkIn.opened", Reach.PRESSURE),
  CHECK_IN_RESUMED("checkIn.resumed", Reach.PRESSURE),
  CHECK_IN_ANSWERS_REVEALED("checkIn.answersRevealed", Reach.PRESSURE),
  CHECK_IN_ENDED("checkIn.ended", Reach.NEUTRAL),
  CHECK_IN_CHANGED("checkIn.changed", Reach.PRESSURE),
  CHECK_IN_SERIES_CREATED("checkInSeries.created", Reach.PRESSURE),
  CHECK_IN_SERIES_ENDED("checkInSeries.ended", Reach.NEUTRAL),
  CHECK_IN_REMINDER("checkIn.reminder", Reach.PRESSURE),
  CHECK_IN_GUEST_PROPOSED("checkIn.guestProposed", Reach.PRESSURE),
  CHECK_IN_GUEST_INVITED("checkIn.guestInvited", Reach.PRESSURE),
  CHECK_IN_GUEST_CAME("checkIn.guestCame", Reach.PRESSURE),
  CHECK_IN_GUEST_CHANGED("checkIn.guestChanged", Reach.NEUTRAL),
  GUEST_CHECK_IN_CHANGED("guestCheckIn.changed", Reach.NEUTRAL),
  SNAPSHOT_SHARED("snapshot.shared", Reach.PRESSURE),
  SNAPSHOT_RECALLED("snapshot.recalled", Reach.NEUTRAL),
  PROMPT_ASSIGNED("prompt.assigned", Reach.PRESSURE),
  AGENDA_PROPOSED("agenda.proposed", Reach.PRESSURE),
  GRANT_REQUESTED("grant.requested", Reach.PRESSURE),
  GRANT_CHANGED("grant.changed", Reach.NEUTRAL),
  SELF_GRANT_CHANGED("selfGrant.changed", Reach.OWN),
  PRACTICE_CHANGED("practice.changed", Reach.NEUTRAL),
  INVITATION_PROPOSED("invitation.proposed", Reach.PRESSURE),
  MEMBER_JOINED("relationship.memberJoined", Reach.NEUTRAL),
  MEMBER_LEFT("relationship.memberLeft", Reach.NEUTRAL),
  RELATIONSHIP_LEFT("relationship.left", Reach.OWN),
  CLIENT_CUT_OFF("client.cutOff", Reach.OWN),
  EXPORT_READY("export.ready", Reach.OWN),
  EXPORT_FETCHED("export.fetched", Reach.OWN),
  CONTACT_CODE("contact.code", Reach.NEUTRAL);

  /** How far an event reaches, and by which right. */
  private enum Reach {
    /** A pause: ahead of everything else. */
    URGENT,
    /** Tells of what has happened and asks for nothing. */
    NEUTRAL,
    /** Asks something of another member: not while that is refused by S9. */
    PRESSURE,
    /** Goes to the member's own apps only. */
    OWN
  }

  /** For the document. */
  public static final String WIRE_NAMES =
      "[\"pause.raised\", \"pause.strengthened\", \"pause.lifted\", \"pause.acknowledged\", "
          + "\"pause.ended\", \"pause.returnOverlapChanged\", \"limit.drawn\", "
          + "\"limit.changed\", \"agreement.proposed\", \"agreement.changed\", "
          + "\"checkIn.scheduled\", \"checkIn.opened\", \"checkIn.resumed\", "
          + "\"checkIn.answersRevealed\", \"checkIn.ended\", \"checkIn.changed\", "
          + "\"checkInSeries.created\", \"checkInSeries.ended\", \"checkIn.reminder\", "
          + "\"checkIn.guestProposed\", \"checkIn.guestInvited\", \"checkIn.guestCame\", "
          + "\"checkIn.guestChanged\", \"guestCheckIn.changed\", \"snapshot.shared\", "
          + "\"snapshot.recalled\", \"prompt.assigned\", \"agenda.proposed\", "
          + "\"grant.requested\", \"grant.changed\", "
          + "\"selfGrant.changed\", \"practice.changed\", "
          + "\"invitation.proposed\", \"relationship.memberJoined\", "
          + "\"relationship.memberLeft\", \"relationship.left\", \"client.cutOff\", "
          + "\"export.ready\", \"export.fetched\", \"contact.code\"]";

  private final String wireName;
  private final Reach reach;

  EventType(String wireName, Reach reach) {
    this.wireName = wireName;
    this.reach = reach;
  }

  public String wireName() {
    return wireName;
  }

  /** The names of those that ask something of their recipient. */
  public static List<String> pressing() {
    return Stream.of(values()).filter(EventType::isPressure).map(EventType::wireName).toList();
  }

  boolean isUrgent() {
    return reach == Reach.URGENT;
  }

  boolean isPressure() {
    return reach == Reach.PRESSURE;
  }

  /** Whether a notice on the recipient's phone goes with it. */
  boolean isNoticed() {
    return reach != Reach.OWN;
  }
}
