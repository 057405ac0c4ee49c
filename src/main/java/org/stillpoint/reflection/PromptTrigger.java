package org.stillpoint.reflection;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What a prompt can follow, always on the side of the one who is asked. */
enum PromptTrigger {
  @JsonProperty("pauseRaised")
  PAUSE_RAISED("pauseRaised"),
  /** Somebody else's pause. */
  @JsonProperty("pauseReceived")
  PAUSE_RECEIVED("pauseReceived"),
  /** Something went wrong. */
  @JsonProperty("incident")
  INCIDENT("incident"),
  @JsonProperty("checkInAhead")
  CHECK_IN_AHEAD("checkInAhead"),
  /** The sealed answers of all can be read. */
  @JsonProperty("checkInRevealed")
  CHECK_IN_REVEALED("checkInRevealed"),
  @JsonProperty("proposalReceived")
  PROPOSAL_RECEIVED("proposalReceived"),
  /** One's own commitment. */
  @JsonProperty("commitmentMissed")
  COMMITMENT_MISSED("commitmentMissed"),
  /** A step of a way back to closeness. */
  @JsonProperty("stepProposed")
  STEP_PROPOSED("stepProposed");

  /** For the document. */
  static final String WIRE_NAMES =
      "[\"pauseRaised\", \"pauseReceived\", \"incident\", \"checkInAhead\", \"checkInRevealed\","
          + " \"proposalReceived\", \"commitmentMissed\", \"stepProposed\"]";

  private final String wireName;

  PromptTrigger(String wireName) {
    this.wireName = wireName;
  }

  String wireName() {
    return wireName;
  }
}
