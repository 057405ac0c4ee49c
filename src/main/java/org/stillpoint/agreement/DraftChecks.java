package org.stillpoint.agreement;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.stillpoint.agreement.AgreementTexts.DraftTerm;
import org.stillpoint.api.problem.FieldError;
import org.stillpoint.api.problem.Flaw;
import org.stillpoint.api.problem.HttpProblem;
import org.stillpoint.relationship.Member;

/** What a draft has to be like, beyond the form of each of its fields. */
final class DraftChecks {
  private DraftChecks() {}

  /** The participants, of whom the author is one; a stranger looks like somebody who has left. */
  static List<UUID> participants(Member author, @Nullable List<UUID> wished) {
    List<UUID> distinct = wished == null ? author.all() : wished.stream().distinct().toList();
    if (distinct.size() < 2
        || !author.all().containsAll(distinct)
        || !distinct.contains(author.memberId())) {
      throw HttpProblem.VALIDATION_FAILED
          .exception()
          .withError(FieldError.member("/memberIds", Flaw.NOT_ALLOWED_VALUE));
    }
    return distinct;
  }

  static void require(List<DraftTerm> terms, List<UUID> participants, Instant now) {
    List<FieldError> errors = new ArrayList<>();
    Set<UUID> lineages = new HashSet<>();
    for (int i = 0; i < terms.size(); i++) {
      DraftTerm term = terms.get(i);
      String pointer = "/terms/" + i;
      check(term.content(), participants, now, pointer, errors);
      if (term.lineageId() != null && !lineages.add(term.lineageId())) {
        errors.add(FieldError.member(pointer + "/lineageId", Flaw.NOT_ALLOWED_VALUE));
      }
    }
    if (!errors.isEmpty()) {
      throw HttpProblem.VALIDATION_FAILED.exception().withErrors(errors);
    }
  }

  private static void check(
      TermContent content,
      List<UUID> participants,
      Instant now,
      String pointer,
      List<FieldError> errors) {
    if (!content.kind().isClause()) {
      errors.add(FieldError.member(pointer + "/kind", Flaw.NOT_ALLOWED_VALUE));
    }
    if (!participants.containsAll(content.memberIds())) {
      errors.add(FieldError.member(pointer + "/memberIds", Flaw.NOT_ALLOWED_VALUE));
    }
    Instant from = content.validFrom();
    Instant until = content.validUntil();
    Instant review = content.reviewAt();
    if (until != null && (!until.isAfter(now) || (from != null && !until.isAfter(from)))) {
      errors.add(FieldError.member(pointer + "/validUntil", Flaw.OUT_OF_RANGE));
    }
    if (review != null && !review.isAfter(now)) {
      errors.add(FieldError.member(pointer + "/reviewAt", Flaw.OUT_OF_RANGE));
    }
  }
}
