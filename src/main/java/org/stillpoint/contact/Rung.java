package org.stillpoint.contact;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What a notice tries before it goes on to the next. */
enum Rung {
  /** All devices. */
  @JsonProperty("push")
  PUSH("push"),
  @JsonProperty("sms")
  SMS("sms"),
  @JsonProperty("email")
  EMAIL("email");

  private final String wireName;

  Rung(String wireName) {
    this.wireName = wireName;
  }

  String wireName() {
    return wireName;
  }
}
