package org.stillpoint.agreement;

import jakarta.inject.Singleton;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.stillpoint.agreement.InForce.Said;
import org.stillpoint.crypto.Texts;
import org.stillpoint.relationship.Grant;
import org.stillpoint.transaction.Callers;

/** Reads terms for practitioners, by a function of the database that asks anew what is granted. */
@Singleton
@Transactional(TxType.MANDATORY)
class PracticeTerms {
  private final EntityManager entities;
  private final AgreementTexts agreements;
  private final Texts texts;
  private final Callers callers;
  private final Clock clock;

  PracticeTerms(
      EntityManager entities,
      AgreementTexts agreements,
      Texts texts,
      Callers callers,
      Clock clock) {
    this.entities = entities;
    this.agreements = agreements;
    this.texts = texts;
    this.callers = callers;
    this.clock = clock;
  }

  /** What is in force, as its own text has it. */
  List<Said> of(Grant grant) {
    Instant now = clock.instant();
    List<?> rows =
        entities
            .createNativeQuery(
                "select * from practice_terms(:grant, :client, :now) order by agreement_id, id",
                Term.class)
            .setParameter("grant", grant.id())
            .setParameter("client", callers.current().login().clientId())
            .setParameter("now", now)
            .getResultList();
    List<UUID> owners = new ArrayList<>(grant.memberIds());
    if (grant.relationshipId() != null) {
      owners.add(grant.relationshipId());
    }
    texts.prepare(owners);
    return InForce.active(rows.stream().map(Term.class::cast).toList(), agreements::document, now);
  }
}
