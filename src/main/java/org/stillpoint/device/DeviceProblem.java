package org.stillpoint.device;

import org.stillpoint.api.problem.ProblemType;

/** What stands in the way of a device. */
enum DeviceProblem implements ProblemType {
  TOO_MANY_DEVICES(409, "Remove a device of yours before you register another."),
  PUSH_NOT_SET_UP(
      409, "The operator of this server has not set up this kind of push for this app.");

  private final int status;
  private final String title;

  DeviceProblem(int status, String title) {
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
