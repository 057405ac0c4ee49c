package org.stillpoint.api.paging;

import org.stillpoint.api.problem.ProblemType;

/** How asking for a page can fail. */
enum PagingProblem implements ProblemType {
  CURSOR_INVALID(400, "This cursor isn't one of ours; start again with the first page.");

  private final int status;
  private final String title;

  PagingProblem(int status, String title) {
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
