package org.stillpoint.event;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Optional;

/** Lets a feature give its events a notice of its own, such as a signal's agreed discreet text. */
public interface NoticeText {
  /**
   * The text for this event in this language; empty to take the one of the neutral list.
   *
   * @param database a connection of the worker, which acts for no member
   */
  Optional<String> of(Announced event, Locale locale, Connection database) throws SQLException;
}
