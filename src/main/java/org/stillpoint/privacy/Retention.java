package org.stillpoint.privacy;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** For how long a member wants to have kept what is theirs; null is the default. */
@Entity
public class Retention {
  static final int NOTICE_PAYLOAD_HOURS = 72;
  static final int INVITATION_DAYS = 7;
  static final int ACCESS_LOG_DAYS = 30;
  static final int PAUSE_EVENT_DAYS = 90;

  static final int SUPERSEDED_VERSION_DAYS = 365;
  static final int CHECK_IN_ANSWER_DAYS = 180;

  /** The most that can be set; without it, until they are deleted. */
  static final int REFLECTION_DAYS = 3_650;

  /** So long it counts what was not agreed, and whoever asks for it again is refused (S18). */
  static final int FEWEST_SUPERSEDED_VERSION_DAYS = 31;

  /** A phone that was offline sends a tap again for three days, and must find what it led to. */
  static final int FEWEST_PAUSE_EVENT_DAYS = 4;

  @Id private UUID memberId;

  private @Nullable Integer noticePayloadHours;
  private @Nullable Integer invitationDays;
  private @Nullable Integer accessLogDays;
  private @Nullable Integer pauseEventDays;
  private @Nullable Integer supersededVersionDays;
  private @Nullable Integer checkInAnswerDays;
  private @Nullable Integer reflectionDays;

  /** The defaults, until a member sets less. */
  protected Retention() {}

  static Retention standard() {
    return new Retention();
  }

  UUID memberId() {
    return memberId;
  }

  int noticePayloadHours() {
    return noticePayloadHours == null ? NOTICE_PAYLOAD_HOURS : noticePayloadHours;
  }

  void noticePayloadHours(@Nullable Integer hours) {
    noticePayloadHours = hours;
  }

  int invitationDays() {
    return invitationDays == null ? INVITATION_DAYS : invitationDays;
  }

  void invitationDays(@Nullable Integer days) {
    invitationDays = days;
  }

  int accessLogDays() {
    return accessLogDays == null ? ACCESS_LOG_DAYS : accessLogDays;
  }

  void accessLogDays(@Nullable Integer days) {
    accessLogDays = days;
  }

  int pauseEventDays() {
    return pauseEventDays == null ? PAUSE_EVENT_DAYS : pauseEventDays;
  }

  void pauseEventDays(@Nullable Integer days) {
    pauseEventDays = days;
  }

  int supersededVersionDays() {
    return supersededVersionDays == null ? SUPERSEDED_VERSION_DAYS : supersededVersionDays;
  }

  void supersededVersionDays(@Nullable Integer days) {
    supersededVersionDays = days;
  }

  int checkInAnswerDays() {
    return checkInAnswerDays == null ? CHECK_IN_ANSWER_DAYS : checkInAnswerDays;
  }

  void checkInAnswerDays(@Nullable Integer days) {
    checkInAnswerDays = days;
  }

  /** Null is until they are deleted. */
  @Nullable Integer reflectionDays() {
    return reflectionDays;
  }

  void reflectionDays(@Nullable Integer days) {
    reflectionDays = days;
  }
}
