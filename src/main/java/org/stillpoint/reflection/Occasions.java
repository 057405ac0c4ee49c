package org.stillpoint.reflection;

import jakarta.inject.Singleton;
import jakarta.persistence.EntityManager;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Set;
import java.util.UUID;

/**
 * What has happened to a member lately, or still goes on, as far as that member was told of it or
 * takes part in it: the events of the own feed, the pauses that all see, and the own check-ins.
 * Nothing that another member keeps for themself is looked at.
 */
@Singleton
class Occasions {
  /** As long as events are kept at most. */
  private static final Duration LATELY = Duration.ofHours(72);

  private static final String OF =
      """
      select case when p.raiser_id = :member then 'PAUSE_RAISED' else 'PAUSE_RECEIVED' end
      from event e
      join pause p on p.relationship_id = e.relationship_id and p.id = e.resource_id
      where e.member_id = :member and e.type in ('pause.raised', 'pause.strengthened')
        and e.occurred_at >= :lately
      union
      select 'CHECK_IN_REVEALED' from event e
      where e.member_id = :member and e.type = 'checkIn.answersRevealed'
        and e.occurred_at >= :lately
      union
      select 'PROPOSAL_RECEIVED' from event e
      where e.member_id = :member and e.type = 'agreement.proposed' and e.occurred_at >= :lately
        and not exists (select from term t
          where t.relationship_id = e.relationship_id and e.resource_id in (t.id, t.agreement_id)
          and t.author_id = :member
          and abs(extract(epoch from t.proposed_at - e.occurred_at)) < 1)
      union
      select 'CHECK_IN_AHEAD' from check_in c
      where c.relationship_id = any (cast(current_relationships() as uuid[]))
        and :member = any (c.participant_ids) and c.over_at is null and c.opened_at is null
        and c.starts_at between cast(:now as timestamptz) - interval '24 hours' and :soon
      union
      select case when p.raiser_id = :member then 'PAUSE_RAISED' else 'PAUSE_RECEIVED' end
      from pause p
      where p.relationship_id = any (cast(current_relationships() as uuid[]))
        and p.ended_at is null
      """;

  private final EntityManager entities;

  Occasions(EntityManager entities) {
    this.entities = entities;
  }

  Set<PromptTrigger> of(UUID memberId, Instant now) {
    Set<PromptTrigger> found = EnumSet.noneOf(PromptTrigger.class);
    entities
        .createNativeQuery(OF, String.class)
        .setParameter("member", memberId)
        .setParameter("now", now)
        .setParameter("lately", now.minus(LATELY))
        .setParameter("soon", now.plus(LATELY))
        .getResultList()
        .forEach(name -> found.add(PromptTrigger.valueOf((String) name)));
    return found;
  }

  /** Whether a pause is active in any of the member's relationships, whoever has raised it. */
  boolean isPaused() {
    return (Boolean)
        entities
            .createNativeQuery(
                "select exists (select from pause where ended_at is null"
                    + " and relationship_id = any (cast(current_relationships() as uuid[])))",
                Boolean.class)
            .getSingleResult();
  }
}
