package org.stillpoint.event;

import java.util.Locale;
import java.util.Optional;

/** Lets a feature give its events a notice of its own, such as a signal's agreed discreet text. */
public interface NoticeText {
  /**
   * The text for this event in this language; empty to take the one of the neutral list. Called
   * outside of any transaction.
   */
  Optional<String> of(Announced event, Locale locale);
}
