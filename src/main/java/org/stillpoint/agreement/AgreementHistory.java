package org.stillpoint.agreement;

import jakarta.inject.Singleton;
import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What became of an agreement, entry by entry; each holds the hash of the one before (S20). */
@Singleton
class AgreementHistory {
  private final EntityManager entities;

  AgreementHistory(EntityManager entities) {
    this.entities = entities;
  }

  /** What can be told of an agreement. What was declined, or not agreed in time, can't (S17). */
  enum Type {
    VERSION_PROPOSED("versionProposed"),
    TERM_PROPOSED("termProposed"),
    TERM_TIGHTENED("termTightened"),
    TERM_AGREED("termAgreed"),
    TERM_CANCELLED("termCancelled"),
    ASSENT_WITHDRAWN("assentWithdrawn"),
    TERM_SUSPENDED("termSuspended"),
    TERM_RESUMED("termResumed"),
    TERM_RENEWED("termRenewed"),
    TERM_ENDED("termEnded"),
    AGREEMENT_ENDED("agreementEnded");

    private final String wireName;

    Type(String wireName) {
      this.wireName = wireName;
    }

    String wireName() {
      return wireName;
    }
  }

  /** Adds an entry to the agreement, which the caller has locked. */
  void add(Agreement agreement, Type type, @Nullable UUID actor, @Nullable Term term, Instant now) {
    long sequence = agreement.historyLength() + 1;
    byte @Nullable [] previous = agreement.historyHead();
    Instant at = now.truncatedTo(ChronoUnit.MILLIS);
    AgreementEvent entry =
        AgreementEvent.of(agreement, sequence, type.wireName(), actor, at, term, previous);
    entities.persist(entry);
    agreement.extendHistory(entry.hash());
  }

  /** The entries after a number, in their order. */
  List<AgreementEvent> after(Agreement agreement, long sequence, int limit) {
    return entities
        .createQuery(
            "from AgreementEvent e where e.relationshipId = :relationship"
                + " and e.agreementId = :agreement and e.sequence > :sequence order by e.sequence",
            AgreementEvent.class)
        .setParameter("relationship", agreement.relationshipId())
        .setParameter("agreement", agreement.id())
        .setParameter("sequence", sequence)
        .setMaxResults(limit)
        .getResultList();
  }

  static @Nullable String hex(byte @Nullable [] hash) {
    return hash == null ? null : HexFormat.of().formatHex(hash);
  }
}
