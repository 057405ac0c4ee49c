package org.stillpoint.pause;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Arrays;

/** How strong a pause is, from the weakest to the strongest. */
public enum PauseKind {
  /** Slow down. */
  @JsonProperty("yellow")
  YELLOW(1),
  /** Stop and cool down. */
  @JsonProperty("pause")
  PAUSE(2),
  /** Stop everything. */
  @JsonProperty("red")
  RED(3);

  private final short strength;

  PauseKind(int strength) {
    this.strength = (short) strength;
  }

  /** As it is stored; the greater is the stronger. */
  short strength() {
    return strength;
  }

  String wireName() {
    return switch (this) {
      case YELLOW -> "yellow";
      case PAUSE -> "pause";
      case RED -> "red";
    };
  }

  static PauseKind of(int strength) {
    return Arrays.stream(values())
        .filter(kind -> kind.strength == strength)
        .findFirst()
        .orElseThrow();
  }
}
