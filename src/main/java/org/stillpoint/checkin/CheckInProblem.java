package org.stillpoint.checkin;

import org.stillpoint.api.problem.ProblemType;

/** What a check-in refuses. None of it depends on what another has done in private. */
enum CheckInProblem implements ProblemType {
  CHECK_IN_NOT_YET(409, "It is too early to be ready; say so in the quarter of an hour before."),
  CHECK_IN_NOT_OPEN(409, "This check-in isn't open; it opens once all are ready."),
  CHECK_IN_OVER(409, "This check-in is over; plan another one if you like."),
  CHECK_IN_HELD(409, "Somebody has paused; it goes on once nobody does, and all are ready again."),
  CHECK_IN_PUT_OFF(
      409, "This has just been put off; leave it for three days, or let somebody else plan it."),
  TOO_MANY_CHECK_INS(409, "There are enough check-ins ahead; have one of them first, or skip it."),
  ANSWER_EMPTY(409, "There is nothing to submit yet; write something, or pass."),
  ANSWER_ONLY_FOR_YOU(409, "You keep this answer for yourself, so it can't be submitted."),
  ANSWER_REVEALED(409, "All have answered and can read it; it can't be changed or taken back now.");

  private final int status;
  private final String title;

  CheckInProblem(int status, String title) {
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
