package org.stillpoint.transaction;

import org.stillpoint.api.problem.ProblemType;

/** What is refused so that there is room for pauses. */
enum StorageProblem implements ProblemType {
  STORAGE_FULL(
      507, "There is no room for more at the moment; pausing and leaving work. Try again later.");

  private final int status;
  private final String title;

  StorageProblem(int status, String title) {
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
