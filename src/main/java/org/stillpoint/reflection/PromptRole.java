package org.stillpoint.reflection;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;

/** To whom a prompt speaks: a label, or a side that one declares for oneself only. */
enum PromptRole {
  @JsonProperty("top")
  TOP,
  @JsonProperty("bottom")
  BOTTOM,
  @JsonProperty("switch")
  SWITCH,
  /** Somebody who says of themself that they were hurt. */
  @JsonProperty("hurt")
  HURT,
  /** Somebody who says of themself that they did it. */
  @JsonProperty("responsible")
  RESPONSIBLE,
  /** Everybody; it stands alone. */
  @JsonProperty("any")
  ANY;

  /** For the document. */
  static final String WIRE_NAMES =
      "[\"top\", \"bottom\", \"switch\", \"hurt\", \"responsible\", \"any\"]";

  String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
