package org.stillpoint.agreement;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The part of life that a term is about. */
@Schema(name = "TermDomain", description = "The part of life that a term is about.")
public enum TermDomain {
  @JsonProperty("touch")
  TOUCH,
  @JsonProperty("sex")
  SEX,
  /** Seeing other people. */
  @JsonProperty("dating")
  DATING,
  @JsonProperty("sexting")
  SEXTING,
  /** Contact of the members with each other. */
  @JsonProperty("contact")
  CONTACT,
  /** Devices and accounts. */
  @JsonProperty("tech")
  TECH,
  /** Friends, family and other people. */
  @JsonProperty("social")
  SOCIAL,
  @JsonProperty("money")
  MONEY,
  @JsonProperty("time")
  TIME,
  /** How the members speak with each other. */
  @JsonProperty("communication")
  COMMUNICATION;

  /** What takes two: each may say no to it alone, without a word about the other's own life. */
  boolean isShared() {
    return switch (this) {
      case TOUCH, SEX, SEXTING, CONTACT, COMMUNICATION -> true;
      case DATING, TECH, SOCIAL, MONEY, TIME -> false;
    };
  }

  boolean isIntimate() {
    return this == TOUCH || this == SEX || this == SEXTING;
  }

  /** A part of life that is a member's own, and that control over a partner begins with. */
  boolean isPrivate() {
    return this == TECH || this == MONEY || this == SOCIAL;
  }
}
