package org.stillpoint.reflection;

import org.stillpoint.api.problem.ProblemType;

/** What only the journal refuses. */
enum ReflectionProblem implements ProblemType {
  JOURNAL_FULL(409, "Your journal holds as much as it can; delete something first."),
  TOO_MANY_COPIES(409, "A grant takes no more copies of yours; recall one of them first."),
  TOO_MANY_PROMPTS_ASSIGNED(
      409, "You have given as many as a week takes here; wait before you give another.");

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
