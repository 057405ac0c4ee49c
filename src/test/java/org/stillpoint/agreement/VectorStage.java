package org.stillpoint.agreement;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.stillpoint.agreement.AgreementTexts.TermDocument;
import org.stillpoint.crypto.SensitiveText;
import org.stillpoint.relationship.Members;

/**
 * Makes the terms and limits of a published situation. The server makes their ids anew, so the
 * stage knows which was given to each.
 */
final class VectorStage {
  private final Instant instant;
  private final Map<UUID, UUID> given = new HashMap<>();
  private final Map<Term, TermContent> says = new HashMap<>();

  VectorStage(Instant instant) {
    this.instant = instant;
  }

  /** Ana, Ben and Cara. */
  private static final List<UUID> ALL =
      Stream.of(
              "01939a00-5b70-7c11-8a3f-9c7f1d2e6b05",
              "01939a00-61aa-7d20-b4c1-2f3e4d5c6b7a",
              "01939a00-6f3c-7e42-9b07-5d4c3b2a1908")
          .map(UUID::fromString)
          .toList();

  /** A term by its times, each of them null while it isn't set. */
  record GivenTerm(
      UUID id,
      @Nullable UUID agreementId,
      @Nullable Boolean removal,
      @Nullable Instant openUntil,
      @Nullable Instant activeAt,
      @Nullable Instant lapsesAt,
      @Nullable Instant suspendedAt,
      @Nullable Instant resumesAt,
      @Nullable Instant replacedAt,
      @Nullable Instant cancelledAt,
      @Nullable Instant endedAt,
      TermContent content,
      @Nullable List<UUID> participants) {
    /** Takes the term through all that happened to it. */
    void happenTo(Term term, UUID by) {
      if (activeAt != null) {
        term.agree(List.of(by), List.of(activeAt), activeAt, activeAt);
      }
      term.lapseAt(lapsesAt);
      if (suspendedAt != null) {
        term.suspend(suspendedAt);
      }
      if (resumesAt != null) {
        term.resumeAt(resumesAt);
      }
      term.replaceAt(replacedAt);
      if (cancelledAt != null) {
        term.cancel(cancelledAt);
      }
      if (endedAt != null) {
        term.end(endedAt);
      }
    }
  }

  record GivenLimit(
      UUID id,
      UUID holderId,
      LimitStrength strength,
      LimitCategory category,
      TermDomain domain,
      List<SensitiveText> activities,
      @Nullable SensitiveText text) {
    LimitContent content() {
      return new LimitContent(strength, category, domain, activities, text);
    }
  }

  Term term(GivenTerm vector) {
    List<UUID> members = Objects.requireNonNullElse(vector.participants(), ALL);
    UUID author = vector.content().memberIds().getFirst();
    Agreement agreement =
        Agreement.create(AgreementKind.AGREEMENT, Members.of(author), members, Instant.EPOCH);
    Term term =
        Term.propose(
            agreement,
            new Term.Descent(vector.id(), null, Boolean.TRUE.equals(vector.removal()), author),
            author,
            Instant.EPOCH,
            Objects.requireNonNullElse(vector.openUntil(), Instant.EPOCH));
    vector.happenTo(term, author);
    given.put(term.id(), vector.id());
    given.put(agreement.id(), Objects.requireNonNullElse(vector.agreementId(), vector.id()));
    says.put(term, vector.content());
    return term;
  }

  TermDocument says(Term term) {
    return new TermDocument("", Objects.requireNonNull(says.get(term)));
  }

  LimitState limit(GivenLimit vector) {
    Limit limit = Limit.draw(Members.of(vector.holderId()), Instant.EPOCH);
    given.put(limit.id(), vector.id());
    return new LimitState(limit, instant, vector.content(), null);
  }

  /** The id that stands in the situation. */
  UUID given(UUID made) {
    return Objects.requireNonNull(given.get(made));
  }
}
