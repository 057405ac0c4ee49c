package org.stillpoint.api.problem;

import java.util.Locale;

/** What can be wrong with one member of a body or with one parameter. */
public enum Flaw implements Worded {
  UNKNOWN_MEMBER("This member isn't known here; check its name, or leave it out."),
  WRONG_TYPE("This value has the wrong JSON type."),
  NOT_ALLOWED_VALUE("This value isn't one of the allowed ones, or isn't written as it should be."),
  OUT_OF_RANGE("This value is outside of the allowed range."),
  UNREADABLE_PARAMETER("This parameter can't be read as what it should be."),
  REQUIRED("This value is required."),
  NOT_NOW("This can't be asked for now."),
  NOT_PUBLIC_ADDRESS(
      "This must be an https address at port 443, by a name that is known publicly.");

  private final String english;

  Flaw(String english) {
    this.english = english;
  }

  @Override
  public String key() {
    return "flaw." + name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  @Override
  public String english() {
    return english;
  }
}
