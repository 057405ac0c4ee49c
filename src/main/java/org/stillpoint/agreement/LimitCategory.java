package org.stillpoint.agreement;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What a limit protects. */
enum LimitCategory {
  @JsonProperty("emotional")
  EMOTIONAL,
  @JsonProperty("physical")
  PHYSICAL,
  @JsonProperty("psychological")
  PSYCHOLOGICAL
}
