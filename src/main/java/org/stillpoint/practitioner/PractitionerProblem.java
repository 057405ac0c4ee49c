package org.stillpoint.practitioner;

import org.stillpoint.api.problem.ProblemType;

/** What only practitioners and grants refuse. */
enum PractitionerProblem implements ProblemType {
  NOT_REGISTERED(409, "Say first who you are as a practitioner."),
  PRACTITIONER_CODE_INVALID(404, "This code leads to no practitioner now; ask for a new one."),
  PRACTITIONER_TAKES_PART(409, "A practitioner can't be one of the partners."),
  TOO_MANY_GRANTS(409, "There are as many grants as there can be; end one of them first."),
  TOO_MANY_REQUESTS_FOR_GRANTS(
      409, "You have asked for as many grants here as a month allows; wait before you ask again."),
  GRANT_WAITS_FOR_PAUSE(
      409, "While anybody pauses nobody says yes to a grant; do it when it is lifted."),
  GRANT_NOT_ACTIVE(
      409, "This grant doesn't let the practitioner have this; look at its scopes and its state.");

  private final int status;
  private final String title;

  PractitionerProblem(int status, String title) {
    this.status = status;
    this.title = title;
  }

  @Override
  public int status() {
    return status;
  }

  @Override
  public String title() {
    return title;
  }
}
