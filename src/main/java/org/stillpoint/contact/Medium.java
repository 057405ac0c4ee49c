package org.stillpoint.contact;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.stream.Stream;

/** How a contact is reached. */
public enum Medium {
  @JsonProperty("sms")
  SMS("sms"),
  @JsonProperty("email")
  EMAIL("email");

  private final String wireName;

  Medium(String wireName) {
    this.wireName = wireName;
  }

  /** As it is stored, and as its channel is called. */
  String wireName() {
    return wireName;
  }

  static Medium of(String wireName) {
    return Stream.of(values())
        .filter(medium -> medium.wireName.equals(wireName))
        .findFirst()
        .orElseThrow();
  }
}
