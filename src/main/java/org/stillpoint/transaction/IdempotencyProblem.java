package org.stillpoint.transaction;

import org.stillpoint.api.problem.ProblemType;

/** What can be wrong with an idempotency key. */
enum IdempotencyProblem implements ProblemType {
  IDEMPOTENCY_KEY_IN_USE(
      409, "The first request with this idempotency key is still running; try again."),
  IDEMPOTENCY_KEY_REUSED(422, "This idempotency key belongs to another request; use a new one."),
  IDEMPOTENCY_KEY_INVALID(400, "An idempotency key has 1 to 255 printable ASCII characters.");

  private final int status;
  private final String title;

  IdempotencyProblem(int status, String title) {
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
