package org.stillpoint.agreement;

import org.stillpoint.api.problem.ProblemType;

/** What an agreement refuses. */
enum AgreementProblem implements ProblemType {
  AGREEMENT_ENDED(409, "This agreement has ended; begin a new one."),
  AGREEMENT_MOVED_ON(
      409,
      "There is a newer version than the one this draft is based on; read it, and draft anew."),
  NOTHING_PROPOSED(409, "This draft changes nothing; there is nothing to propose."),
  TERM_TEXT_CHANGED(
      409, "The hash isn't that of this term's text; show the text as it is, and ask again."),
  TERM_NOT_OPEN(409, "This term can't be answered any more."),
  TERM_NOT_IN_FORCE(409, "Only a term that is in force can be suspended, resumed or renewed."),
  TERM_FORBIDS(
      409,
      "This term forbids something, so suspending it would allow more; propose its end instead."),
  TERM_NOT_TO_BE_RENEWED(409, "This term can't be renewed now."),
  TERM_PROPOSED_BEFORE(
      409, "This was not agreed before; you can propose it again 30 days after that."),
  TOO_MANY_TERMS(409, "There is more agreed, or asked for, than anybody reads; let some of it go."),
  TOO_MANY_HOLDS(
      409, "You hold off more than anybody can keep apart; put one of them off instead."),
  SIGNAL_KNOWN(409, "This sign already stands for something stronger; choose another one."),
  TOO_MANY_SIGNALS(409, "There are as many signals as anybody can remember; let one go first."),
  HOLD_NOT_SHARED(
      422,
      "A hold is about what you do with each other: not about money, friends, devices or time.");

  private final int status;
  private final String title;

  AgreementProblem(int status, String title) {
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
