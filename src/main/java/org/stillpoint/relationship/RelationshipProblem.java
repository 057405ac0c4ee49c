package org.stillpoint.relationship;

import org.stillpoint.api.problem.ProblemType;

/** What a relationship refuses. */
public enum RelationshipProblem implements ProblemType {
  RELATIONSHIP_CLOSED(409, "This relationship is closed; it can be read, left and exported."),
  RELATIONSHIP_PAUSED(
      409, "Another member has paused; nothing can be asked of anyone until it is lifted."),
  RELATIONSHIP_FULL(409, "A relationship has at most twelve members."),
  ADULT_ATTESTATION_REQUIRED(
      403, "Attest to being an adult first; members of a relationship and guests have to be."),
  ALREADY_A_MEMBER(409, "You already belong to this relationship."),
  INVITATION_NOT_YOURS_TO_WITHDRAW(403, "Only the member who made an invitation can withdraw it."),
  TOO_MANY_INVITATIONS(409, "Withdraw an open invitation of yours before you make another one."),
  INVITATION_INVALID(404, "This invitation can't be accepted now; ask who invited you.");

  private final int status;
  private final String title;

  RelationshipProblem(int status, String title) {
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
