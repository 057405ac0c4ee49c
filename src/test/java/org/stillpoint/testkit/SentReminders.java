package org.stillpoint.testkit;

import java.sql.SQLException;
import java.util.UUID;

/** Reminders as they are remembered once they were sent. */
public final class SentReminders {
  private SentReminders() {}

  /** Remembers that this member was just reminded of something. */
  public static void of(UUID memberId) {
    try {
      Tables.change(
          "insert into check_in_reminder"
              + " (relationship_id, check_in_id, member_id, lead_seconds, sent_at)"
              + " values (?, ?, ?, 3600, cast(? as timestamptz))",
          UUID.randomUUID(),
          UUID.randomUUID(),
          memberId,
          SandboxClock.now().toString());
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** How many are remembered. */
  public static long countOf(UUID memberId) {
    try {
      return Tables.number("select count(*) from check_in_reminder where member_id = ?", memberId);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
