package org.stillpoint.reflection;

/** Why a prompt is suggested: what has happened, and what fits the member. */
enum Reason {
  PAUSE_RAISED("pauseRaised"),
  PAUSE_RECEIVED("pauseReceived"),
  INCIDENT("incident"),
  CHECK_IN_AHEAD("checkInAhead"),
  CHECK_IN_REVEALED("checkInRevealed"),
  PROPOSAL_RECEIVED("proposalReceived"),
  COMMITMENT_MISSED("commitmentMissed"),
  STEP_PROPOSED("stepProposed"),
  /** It fits the member's role label. */
  ROLE_LABEL("roleLabel"),
  /** It fits what the member has said with the question. */
  SAID_NOW("saidNow"),
  /** It fits any day. */
  ANY_DAY("anyDay");

  /** For the document. */
  static final String WIRE_NAMES =
      "[\"pauseRaised\", \"pauseReceived\", \"incident\", \"checkInAhead\","
          + " \"checkInRevealed\", \"proposalReceived\", \"commitmentMissed\","
          + " \"stepProposed\", \"roleLabel\", \"saidNow\", \"anyDay\"]";

  private final String wireName;

  Reason(String wireName) {
    this.wireName = wireName;
  }

  static Reason of(PromptTrigger trigger) {
    return valueOf(trigger.name());
  }

  String wireName() {
    return wireName;
  }
}
