package org.stillpoint.checkin;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Who gets to see what is answered to an item, and when. */
@Schema(
    name = "CheckInAnswerKeeping",
    description =
        "`sealed`: nobody else, until all have answered, and then all. `open`: all, at once."
            + " `private`: nobody else, ever.")
enum AnswerKeeping {
  /** Nobody else, until all who take part have answered; then all of them. */
  @JsonProperty("sealed")
  SEALED,
  /** All who take part, at once. */
  @JsonProperty("open")
  OPEN,
  /** Nobody else, ever. */
  @JsonProperty("private")
  PRIVATE;

  /** For the document. */
  static final String WIRE_NAMES = "[\"sealed\", \"open\", \"private\"]";

  String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether it shows no more than the other, and not sooner. */
  boolean keepsAtLeast(AnswerKeeping other) {
    return switch (other) {
      case OPEN -> true;
      case SEALED -> this != OPEN;
      case PRIVATE -> this == PRIVATE;
    };
  }
}
