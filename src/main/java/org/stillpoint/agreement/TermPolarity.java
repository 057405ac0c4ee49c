package org.stillpoint.agreement;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What a term does. What no term permits isn't permitted. */
@Schema(name = "TermPolarity", description = "Whether a term permits, forbids or requires.")
public enum TermPolarity {
  @JsonProperty("permits")
  PERMITS,
  /** Beats every permission. */
  @JsonProperty("forbids")
  FORBIDS,
  @JsonProperty("requires")
  REQUIRES
}
