package org.stillpoint.privacy;

import org.stillpoint.api.problem.ProblemType;

/** Why an export can't be fetched. */
enum PrivacyProblem implements ProblemType {
  EXPORT_NOT_READY(409, "This export is still being made; try again in a moment."),
  EXPORT_GONE(410, "This export was fetched or has expired; ask for another one.");

  private final int status;
  private final String title;

  PrivacyProblem(int status, String title) {
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
