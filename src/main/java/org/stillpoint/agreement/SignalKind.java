package org.stillpoint.agreement;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The pause that a signal raises, from the weakest to the strongest. */
@Schema(name = "SignalKind", description = "The pause that a signal raises.")
public enum SignalKind {
  @JsonProperty("yellow")
  YELLOW,
  @JsonProperty("pause")
  PAUSE,
  @JsonProperty("red")
  RED;

  /** As a pause of this kind is stored. */
  static SignalKind of(int strength) {
    return values()[strength - 1];
  }
}
