package org.stillpoint.webhook;

import org.stillpoint.api.problem.ProblemType;

/** What managing webhooks refuses. */
enum WebhookProblem implements ProblemType {
  CLIENT_LOGIN_REQUIRED(
      403, "Only the app's own server does that, by a login of the app itself; no person's does."),
  TOO_MANY_WEBHOOK_ENDPOINTS(409, "Delete an endpoint of your app before you make another."),
  WEBHOOK_SECRET_ROTATED_OFTEN(
      409, "Enough secrets sign for this endpoint; wait until the oldest has ended."),
  WEBHOOK_ENDPOINT_DISABLED(409, "This endpoint is disabled; enable it first.");

  private final int status;
  private final String title;

  WebhookProblem(int status, String title) {
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
