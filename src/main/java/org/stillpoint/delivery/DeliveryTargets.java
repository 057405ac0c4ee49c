package org.stillpoint.delivery;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.util.UUID;
import org.stillpoint.event.Outbox;
import org.stillpoint.identity.ClientIntroduced;

/** Whether a member has anything to deliver to, which the member's feed remembers for taps. */
@Singleton
public class DeliveryTargets {
  private final EntityManager entities;
  private final SandboxPhones phones;
  private final Outbox outbox;

  DeliveryTargets(EntityManager entities, SandboxPhones phones, Outbox outbox) {
    this.entities = entities;
    this.phones = phones;
    this.outbox = outbox;
  }

  /**
   * To be called last in a transaction that has added or removed a target of the caller's: it locks
   * the caller's feed.
   */
  @Transactional(TxType.MANDATORY)
  public void changed() {
    entities.flush();
    entities
        .createNativeQuery("select refresh_feed(:phones)", Boolean.class)
        .setParameter("phones", phones.areOn())
        .getSingleResult();
  }

  /**
   * Ends what waits for a target of the caller's that is no more: the next channel begins at once.
   */
  @Transactional(TxType.MANDATORY)
  public void lose(UUID targetId) {
    entities
        .createNativeQuery("select cast(lose_target(:target) as text)", String.class)
        .setParameter("target", targetId)
        .getSingleResult();
  }

  void onIntroduced(@Observes ClientIntroduced client) {
    if (phones.areOn()) {
      outbox.afterwards(this::changed);
    }
  }
}
