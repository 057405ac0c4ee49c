package org.stillpoint.checkin;

import biweekly.ICalendar;
import biweekly.component.RawComponent;
import biweekly.component.VEvent;
import biweekly.property.Classification;
import biweekly.property.Status;
import java.time.Instant;
import java.util.Date;
import java.util.HexFormat;
import java.util.List;
import java.util.ResourceBundle;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.stillpoint.api.language.Language;
import org.stillpoint.crypto.RandomSecret;

/**
 * A calendar as RFC 5545 has it, for whoever may look at somebody's phone: every entry has the same
 * neutral title, and no description, place, people or alarm (S30). Not even the name of the server
 * is in it. All times are UTC, so that nobody's time zone is either.
 */
final class CalendarText {
  private static final String PRODUCT = "-//calendar//1//EN";

  private final ResourceBundle texts;

  private CalendarText(ResourceBundle texts) {
    this.texts = texts;
  }

  /**
   * One check-in.
   *
   * @param cancelledAt when it ended before it opened; null if it didn't
   */
  record Appointment(
      UUID id,
      Instant startsAt,
      Instant endsAt,
      Instant plannedAt,
      @Nullable Instant cancelledAt) {}

  static CalendarText in(Language language) {
    return new CalendarText(
        ResourceBundle.getBundle(
            "calendar",
            language.locale(),
            ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES)));
  }

  /** The same text for as long as the appointments are the same. */
  String of(byte[] secret, List<Appointment> appointments) {
    ICalendar calendar = new ICalendar();
    calendar.setProductId(PRODUCT);
    calendar.setName(texts.getString("name"));
    // What programs read that are older than RFC 7986.
    calendar.addExperimentalProperty("X-WR-CALNAME", texts.getString("name"));
    calendar.addComponent(universalTime());
    appointments.forEach(appointment -> calendar.addEvent(event(secret, appointment)));
    return calendar.write();
  }

  /** A calendar has at least one component, also when nothing is planned. */
  private static RawComponent universalTime() {
    RawComponent standard = new RawComponent("STANDARD");
    standard.addExperimentalProperty("DTSTART", "19700101T000000");
    standard.addExperimentalProperty("TZOFFSETFROM", "+0000");
    standard.addExperimentalProperty("TZOFFSETTO", "+0000");
    RawComponent zone = new RawComponent("VTIMEZONE");
    zone.addExperimentalProperty("TZID", "Etc/UTC");
    zone.addComponent(standard);
    return zone;
  }

  private VEvent event(byte[] secret, Appointment appointment) {
    Instant cancelledAt = appointment.cancelledAt();
    Date changed = Date.from(cancelledAt == null ? appointment.plannedAt() : cancelledAt);
    VEvent event = new VEvent();
    event.setUid(uid(secret, appointment.id()));
    event.setDateTimeStamp(changed);
    event.setLastModified(changed);
    event.setSequence(cancelledAt == null ? 0 : 1);
    event.setDateStart(Date.from(appointment.startsAt()), true);
    event.setDateEnd(Date.from(appointment.endsAt()), true);
    event.setSummary(texts.getString("title"));
    event.setClassification(Classification.private_());
    event.setStatus(cancelledAt == null ? Status.confirmed() : Status.cancelled());
    return event;
  }

  /** Another one in each feed, so that nobody who has two can put them together by it. */
  private static String uid(byte[] secret, UUID id) {
    return HexFormat.of().formatHex(RandomSecret.keyedHash(secret, id.toString()));
  }
}
