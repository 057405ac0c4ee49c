package org.stillpoint.agreement;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** How a signal is given. */
@Schema(name = "SignalForm", description = "How a signal is given.")
public enum SignalForm {
  @JsonProperty("word")
  WORD,
  @JsonProperty("colour")
  COLOUR,
  /** Something to do where speaking isn't possible. */
  @JsonProperty("cue")
  CUE
}
