package org.stillpoint.agreement;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How firm a limit is, from the softer to the harder. */
enum LimitStrength {
  /** Not now, or not so; its holder may speak of it. */
  @JsonProperty("soft")
  SOFT,
  /** Never. */
  @JsonProperty("hard")
  HARD
}
