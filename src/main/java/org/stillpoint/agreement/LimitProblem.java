package org.stillpoint.agreement;

import org.stillpoint.api.problem.ProblemType;

/** What limits refuse. Drawing is never among it (S10). */
enum LimitProblem implements ProblemType {
  LIMIT_NOT_YOURS_TO_CHANGE(403, "Only its holder can change a limit or let it go.");

  private final int status;
  private final String title;

  LimitProblem(int status, String title) {
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
