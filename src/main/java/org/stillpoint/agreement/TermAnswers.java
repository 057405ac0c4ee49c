package org.stillpoint.agreement;

import jakarta.inject.Singleton;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Tuple;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.stillpoint.relationship.Member;

/** What members have answered. Each reads only their own; of all there is a yes, or nothing. */
@Singleton
class TermAnswers {
  private final EntityManager entities;

  TermAnswers(EntityManager entities) {
    this.entities = entities;
  }

  /** The assents of all whom a term concerns. */
  record Complete(List<UUID> members, List<Instant> times) {}

  /** Says yes or no; the last word counts. */
  void put(Member member, Term term, AnswerPurpose purpose, boolean assents, Instant now) {
    entities
        .createNativeQuery(
            """
            insert into term_answer (relationship_id, term_id, member_id, purpose, round, assents,
              hash, answered_at)
            values (:relationship, :term, :member, :purpose, :round, :assents, :hash, :now)
            on conflict (relationship_id, term_id, member_id, purpose) do update
            set round = excluded.round, assents = excluded.assents, hash = excluded.hash,
              answered_at = excluded.answered_at
            """)
        .setParameter("relationship", term.relationshipId())
        .setParameter("term", term.id())
        .setParameter("member", member.memberId())
        .setParameter("purpose", purpose.column())
        .setParameter("round", term.round(purpose))
        .setParameter("assents", assents)
        .setParameter("hash", term.hash())
        .setParameter("now", now)
        .executeUpdate();
  }

  /** Takes an answer back. */
  void remove(Member member, Term term, AnswerPurpose purpose) {
    entities
        .createNativeQuery(
            "delete from term_answer where relationship_id = :relationship and term_id = :term"
                + " and member_id = :member and purpose = :purpose")
        .setParameter("relationship", term.relationshipId())
        .setParameter("term", term.id())
        .setParameter("member", member.memberId())
        .setParameter("purpose", purpose.column())
        .executeUpdate();
  }

  /** Who has assented since then, if all have whom it concerns; otherwise nobody. */
  Complete complete(Term term, AnswerPurpose purpose, Instant since) {
    entities.flush();
    List<?> rows =
        entities
            .createNativeQuery(
                "select member_id, answered_at from complete_assents(:relationship, :term,"
                    + " :purpose, :round, :since)",
                Tuple.class)
            .setParameter("relationship", term.relationshipId())
            .setParameter("term", term.id())
            .setParameter("purpose", purpose.column())
            .setParameter("round", term.round(purpose))
            .setParameter("since", since)
            .getResultList();
    return new Complete(
        rows.stream().map(row -> ((Tuple) row).get(0, UUID.class)).toList(),
        rows.stream().map(row -> ((Tuple) row).get(1, Instant.class)).toList());
  }

  /**
   * What the reader alone knows of.
   *
   * @param text the answer to the text: yes, no, or null for none
   * @param resumeSince since when it is wanted back from this suspension; null if it isn't
   * @param renewSince since when another period is wanted after this one; null if it isn't
   */
  record Own(@Nullable Boolean text, @Nullable Instant resumeSince, @Nullable Instant renewSince) {
    static final Own NONE = new Own(null, null, null);

    boolean hasAssented() {
      return Boolean.TRUE.equals(text);
    }

    private Own with(AnswerPurpose purpose, boolean assents, Instant at) {
      return switch (purpose) {
        case AGREE -> new Own(assents, resumeSince, renewSince);
        case RESUME -> new Own(text, at, renewSince);
        case RENEW -> new Own(text, resumeSince, at);
      };
    }
  }

  /** The reader's own answers to these terms, by their ids. */
  Map<UUID, Own> own(Member member, Collection<Term> terms) {
    Map<UUID, Own> own = new HashMap<>();
    if (terms.isEmpty()) {
      return own;
    }
    List<?> rows =
        entities
            .createNativeQuery(
                "select term_id, purpose, round, assents, answered_at from term_answer"
                    + " where relationship_id = :relationship and member_id = :member"
                    + " and term_id in (:terms)",
                Tuple.class)
            .setParameter("relationship", member.relationshipId())
            .setParameter("member", member.memberId())
            .setParameter("terms", terms.stream().map(Term::id).toList())
            .getResultList();
    Map<UUID, List<Tuple>> byTerm =
        rows.stream()
            .map(Tuple.class::cast)
            .collect(Collectors.groupingBy(row -> row.get(0, UUID.class)));
    for (Term term : terms) {
      Own said = Own.NONE;
      for (Tuple row : byTerm.getOrDefault(term.id(), List.of())) {
        AnswerPurpose purpose = AnswerPurpose.of(row.get(1, String.class));
        // One of an earlier suspension, or an earlier period, says nothing about this one.
        if (row.get(2, Integer.class) == term.round(purpose)) {
          said = said.with(purpose, row.get(3, Boolean.class), row.get(4, Instant.class));
        }
      }
      own.put(term.id(), said);
    }
    return own;
  }
}
