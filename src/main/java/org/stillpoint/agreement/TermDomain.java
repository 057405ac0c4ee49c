package org.stillpoint.agreement;

import com.fasterxml.jackson.annotation.JsonProperty;

/** The part of life that a term or a limit is about. */
enum TermDomain {
  @JsonProperty("touch")
  TOUCH,
  @JsonProperty("sex")
  SEX,
  @JsonProperty("dating")
  DATING,
  @JsonProperty("sexting")
  SEXTING,
  @JsonProperty("contact")
  CONTACT,
  @JsonProperty("tech")
  TECH,
  @JsonProperty("social")
  SOCIAL,
  @JsonProperty("money")
  MONEY,
  @JsonProperty("time")
  TIME,
  @JsonProperty("communication")
  COMMUNICATION
}
