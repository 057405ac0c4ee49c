package org.stillpoint.sandbox;

import org.stillpoint.api.problem.ProblemType;

/** What stands in the way of another sandbox. */
enum SandboxProblem implements ProblemType {
  TOO_MANY_SANDBOXES(409, "End one of the sandboxes beside this one before you open another."),
  SANDBOX_NOT_STARTED(500, "The sandbox didn't start; its log, beside its data, says why.");

  private final int status;
  private final String title;

  SandboxProblem(int status, String title) {
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
