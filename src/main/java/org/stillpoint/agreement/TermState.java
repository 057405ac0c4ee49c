package org.stillpoint.agreement;

/** Where a term stands at a time; the names on the wire. */
enum TermState {
  PROPOSED("proposed"),
  COOLING_OFF("coolingOff"),
  ACTIVE("active"),
  NOT_AGREED("notAgreed"),
  SUSPENDED("suspended"),
  LAPSED("lapsed"),
  REPLACED("replaced"),
  ENDED("ended");

  private final String wireName;

  TermState(String wireName) {
    this.wireName = wireName;
  }

  String wireName() {
    return wireName;
  }

  /** Whether nothing brings it back. */
  boolean isOver() {
    return switch (this) {
      case NOT_AGREED, LAPSED, REPLACED, ENDED -> true;
      case PROPOSED, COOLING_OFF, ACTIVE, SUSPENDED -> false;
    };
  }
}
