package org.stillpoint.identity;

import org.stillpoint.api.problem.ProblemType;

/** Why a caller isn't let in. */
enum IdentityProblem implements ProblemType {
  CLIENT_CUT_OFF(401, "The member has cut this app off; a new login lets it in again."),
  FRESH_LOGIN_REQUIRED(401, "This needs a login of the last five minutes; sign in again.");

  private final int status;
  private final String title;

  IdentityProblem(int status, String title) {
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
