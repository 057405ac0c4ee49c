package org.stillpoint.reflection;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What a reflection is for. All kinds are kept alike. */
@Schema(
    name = "ReflectionKind",
    description =
        "`note`: what is on your mind. `rehearsal`: a hard sentence that you try out. `earlySigns`: how"
            + " you notice in time that you need a pause, and what you do then.")
enum ReflectionKind {
  @JsonProperty("note")
  NOTE("note"),
  @JsonProperty("rehearsal")
  REHEARSAL("rehearsal"),
  @JsonProperty("earlySigns")
  EARLY_SIGNS("earlySigns");

  /** For the document. */
  static final String WIRE_NAMES = "[\"note\", \"rehearsal\", \"earlySigns\"]";

  private final String wireName;

  ReflectionKind(String wireName) {
    this.wireName = wireName;
  }

  String wireName() {
    return wireName;
  }
}
