package org.stillpoint.agreement;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** How far a permission goes. */
@Schema(name = "TermMode", description = "How far a permission goes.")
public enum TermMode {
  /** Permitted until somebody says no. */
  @JsonProperty("standing")
  STANDING,
  /** To be asked for each time. */
  @JsonProperty("askEachTime")
  ASK_EACH_TIME
}
