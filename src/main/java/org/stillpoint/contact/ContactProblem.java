package org.stillpoint.contact;

import org.stillpoint.api.problem.ProblemType;

/** What is refused about contacts. None of it depends on what others have. */
enum ContactProblem implements ProblemType {
  CHANNEL_NOT_OFFERED(409, "This server can't send anything like that; choose another way."),
  TOO_MANY_CHANNELS(409, "Remove one of your addresses before you add another."),
  TOO_MANY_CODES(429, "You have asked for enough codes today; try again tomorrow."),
  CHANNEL_CODE_WRONG(409, "That isn't the code that was sent; look at it again."),
  CHANNEL_CODE_VOID(409, "This code doesn't work any more; have a new one sent.");

  private final int status;
  private final String title;

  ContactProblem(int status, String title) {
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
