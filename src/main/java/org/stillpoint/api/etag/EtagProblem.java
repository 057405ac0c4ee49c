package org.stillpoint.api.etag;

import org.stillpoint.api.problem.ProblemType;

/** How a conditional request can fail. */
enum EtagProblem implements ProblemType {
  PRECONDITION_FAILED(412, "It has changed in the meantime; read it again, and try again."),
  PRECONDITION_REQUIRED(428, "Send If-Match with the ETag that you read last.");

  private final int status;
  private final String title;

  EtagProblem(int status, String title) {
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
