package org.stillpoint.reflection;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;

/** How much a prompt may stir up. */
enum PromptIntensity {
  /** For any day, in a pause too. */
  @JsonProperty("gentle")
  GENTLE,
  /** For a day with some strength to spare. */
  @JsonProperty("moderate")
  MODERATE,
  /** For a quiet hour, and time afterwards. */
  @JsonProperty("deep")
  DEEP;

  /** For the document. */
  static final String WIRE_NAMES = "[\"gentle\", \"moderate\", \"deep\"]";

  String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
