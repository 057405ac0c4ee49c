package org.stillpoint.agreement;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What sort of thing was agreed. */
@Schema(name = "TermKind", description = "What sort of thing a term is.")
public enum TermKind {
  /** What the members may do with each other. */
  @JsonProperty("consent")
  CONSENT,
  /** How they treat each other. */
  @JsonProperty("norm")
  NORM,
  /** What they do again and again. */
  @JsonProperty("routine")
  ROUTINE,
  /** What follows after they were close. */
  @JsonProperty("aftercare")
  AFTERCARE,
  /** How they come back after a pause. */
  @JsonProperty("reEntry")
  RE_ENTRY,
  /** What gives one of them security at the cost of another's privacy. */
  @JsonProperty("safeguard")
  SAFEGUARD,
  /** What they hold dear. */
  @JsonProperty("value")
  VALUE,
  /** No contact before a date. */
  @JsonProperty("hold")
  HOLD,
  /** An agreed word, colour or cue. */
  @JsonProperty("signal")
  SIGNAL,
  /** How long a loosening waits. */
  @JsonProperty("coolingOff")
  COOLING_OFF;

  /** Whether it says what may, must or mustn't be done. */
  boolean isAboutActivities() {
    return this != SIGNAL && this != COOLING_OFF;
  }

  /** Whether it can be written into an agreement; the others have resources of their own. */
  boolean isClause() {
    return switch (this) {
      case CONSENT, NORM, ROUTINE, AFTERCARE, RE_ENTRY, SAFEGUARD, VALUE -> true;
      case HOLD, SIGNAL, COOLING_OFF -> false;
    };
  }
}
