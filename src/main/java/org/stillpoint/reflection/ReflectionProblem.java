package org.stillpoint.reflection;

import org.stillpoint.api.problem.ProblemType;

/** What only the journal refuses. */
enum ReflectionProblem implements ProblemType {
  JOURNAL_FULL(409, "Your journal holds as much as it can; delete something first.");

  private final int status;
  private final String title;

  ReflectionProblem(int status, String title) {
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
