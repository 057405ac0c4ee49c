package org.stillpoint.relationship;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What a grant lets a practitioner read. */
@Schema(name = "GrantScope", description = "What a practitioner may read.")
public enum GrantScope {
  /** When who paused, of what kind, until when: no texts. */
  @JsonProperty("pauses")
  PAUSES,
  /** The copies of reflections that their authors have given under the grant. */
  @JsonProperty("snapshots")
  SNAPSHOTS;

  /** For the document. */
  public static final String WIRE_NAMES = "[\"pauses\", \"snapshots\"]";

  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
