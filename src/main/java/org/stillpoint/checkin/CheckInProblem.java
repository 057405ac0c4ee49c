package org.stillpoint.checkin;

import org.stillpoint.api.problem.ProblemType;

/** What a check-in refuses. None of it depends on what another has done in private. */
enum CheckInProblem implements ProblemType {
  CHECK_IN_NOT_YET(409, "It is too early to be ready; say so in the quarter of an hour before."),
  CHECK_IN_NOT_OPEN(409, "This check-in isn't open; it opens once all are ready."),
  CHECK_IN_OVER(409, "This check-in is over; plan another one if you like."),
  CHECK_IN_HELD(
      409, "A pause has held it; it goes on once nobody pauses, and all are ready again."),
  CHECK_IN_PUT_OFF(
      409, "This has just been put off; leave it for three days, or let somebody else plan it."),
  TOO_MANY_CHECK_INS(409, "There are enough check-ins ahead; have one of them first, or skip it."),
  TOO_MANY_CHECK_IN_SERIES(
      409, "There are enough series of check-ins; end one of them before you begin another."),
  TOO_MANY_CALENDARS(409, "Revoke a calendar of yours before you make another."),
  TOO_MANY_GUESTS(409, "There are, or were, enough guests of this check-in; it takes no more."),
  GUEST_TAKES_PART(
      409, "You take part in this check-in yourself; its code is for somebody who doesn't."),
  ANSWER_NOT_FOR_GUESTS(
      409, "You keep this answer for yourself; guests get only what the others can read too."),
  ANSWER_NOT_FOR_PRACTITIONERS(
      409,
      "You keep this answer for yourself; a practitioner gets only what the others can read too."),
  TOO_MANY_AGENDAS_PROPOSED(
      409, "You have proposed as much as a week takes here; wait before you propose more."),
  ANSWER_EMPTY(409, "There is nothing to submit yet; write something, or pass."),
  ANSWER_ONLY_FOR_YOU(409, "You keep this answer for yourself, so it can't be submitted."),
  ANSWER_REVEALED(409, "All have answered and can read it; it can't be changed or taken back now."),
  ITEM_NOT_NEXT(409, "This item isn't the next one; items are talked about in their order."),
  ITEM_NOT_OVER(409, "This item still has time; go on once it is up, or once all wish to."),
  ITEM_NOT_CURRENT(409, "This item isn't the one that is talked about now."),
  ITEM_WITHOUT_TURNS(409, "This item is talked about without turns."),
  TURN_NOT_FREE(
      409, "Somebody else has the turn; it is free once they are heard, or their time is up."),
  TURN_HAD(409, "You have had your turn; it comes again once all have spoken or passed."),
  TURN_NOT_YOURS(409, "Only whoever has the turn can say that."),
  TURN_NOT_REFLECTED(409, "Nobody is saying anything back yet; finish speaking first."),
  TURN_OFTEN_NOT_YET(409, "You have said that twice; say that you were heard, or pass."),
  DECISION_NOT_YOURS(403, "Only whoever proposed a decision can take it back."),
  DECISION_RECORDED(409, "All have said yes, and it is recorded; it binds nobody."),
  TOO_MANY_DECISIONS(409, "You have proposed enough to decide in this talk.");

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
