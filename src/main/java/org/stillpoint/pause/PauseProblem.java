package org.stillpoint.pause;

import org.stillpoint.api.problem.ProblemType;

/** What pauses and tap keys refuse. Raising is never among it (S1). */
enum PauseProblem implements ProblemType {
  PAUSE_NOT_YOURS_TO_LIFT(403, "Only the member who raised a pause can lift it."),
  PAUSE_IS_YOURS(409, "This is your own pause; the others acknowledge it."),
  PAUSE_HAS_ENDED(409, "This pause has ended; times to return belong to an active one."),
  RETURN_WINDOWS_NOT_YET_CHANGEABLE(
      409, "Times to return can be changed six hours after they were offered."),
  TAP_KEY_INVALID(401, "This tap key doesn't work; make a new one in the app."),
  TOO_MANY_TAP_KEYS(409, "Revoke a tap key before you make another one.");

  private final int status;
  private final String title;

  PauseProblem(int status, String title) {
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
