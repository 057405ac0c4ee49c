package org.stillpoint.event;

import jakarta.inject.Singleton;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.util.List;
import java.util.UUID;

/** The members' feeds as a whole. */
@Singleton
public class Feeds {
  private final EntityManager entities;

  Feeds(EntityManager entities) {
    this.entities = entities;
  }

  /** Waits for, and holds up, whatever else would be announced to these members. */
  @Transactional(TxType.MANDATORY)
  void lock(List<UUID> memberIds) {
    entities
        .createNativeQuery(
            "select member_id from feed where member_id in (:members)"
                + " order by member_id for no key update",
            UUID.class)
        .setParameter("members", memberIds)
        .getResultList();
  }

  /**
   * After leaving, what happened in the relationship is no longer this member's to read. Notices go
   * first, as they are locked first wherever a delivery ends.
   */
  @Transactional(TxType.MANDATORY)
  public void forget(UUID memberId, UUID relationshipId) {
    entities
        .createNativeQuery(
            """
            with gone as (
              delete from event where member_id = :member and relationship_id = :relationship
              returning member_id, sequence
            ), unnoticed as (
              delete from notice n using gone g
              where n.member_id = g.member_id and n.sequence = g.sequence
              returning n.sequence)
            delete from delivery d using gone g, (select count(*) from unnoticed) first
            where d.member_id = g.member_id and d.sequence = g.sequence
            """)
        .setParameter("member", memberId)
        .setParameter("relationship", relationshipId)
        .executeUpdate();
  }
}
