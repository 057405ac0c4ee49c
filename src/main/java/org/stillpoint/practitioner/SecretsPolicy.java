package org.stillpoint.practitioner;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What a practitioner does with what one partner says without the other. */
@Schema(
    name = "SecretsPolicy",
    description = "What a practitioner does with what one partner says without the other.")
enum SecretsPolicy {
  @JsonProperty("sharesWithAll")
  SHARES_WITH_ALL("sharesWithAll"),
  @JsonProperty("keepsConfidence")
  KEEPS_CONFIDENCE("keepsConfidence"),
  @JsonProperty("asksNotToBeTold")
  ASKS_NOT_TO_BE_TOLD("asksNotToBeTold");

  /** For the document. */
  static final String WIRE_NAMES = "[\"sharesWithAll\", \"keepsConfidence\", \"asksNotToBeTold\"]";

  private final String wireName;

  SecretsPolicy(String wireName) {
    this.wireName = wireName;
  }

  String wireName() {
    return wireName;
  }
}
