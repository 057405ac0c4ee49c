package org.stillpoint.webhook;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.stillpoint.delivery.DeliveryTargets;
import org.stillpoint.event.Outbox;
import org.stillpoint.identity.Caller;
import org.stillpoint.identity.ClientCutOff;

/** Which apps' servers get a member's events. */
@Singleton
@Transactional(TxType.MANDATORY)
class WebhookSubscriptionService {
  private final EntityManager entities;
  private final DeliveryTargets targets;
  private final Outbox outbox;
  private final Clock clock;

  WebhookSubscriptionService(
      EntityManager entities, DeliveryTargets targets, Outbox outbox, Clock clock) {
    this.entities = entities;
    this.targets = targets;
    this.outbox = outbox;
    this.clock = clock;
  }

  /** That of the app that calls. */
  Optional<WebhookSubscription> find(Caller caller) {
    return Optional.ofNullable(
        entities.find(
            WebhookSubscription.class,
            new WebhookSubscription.Key(caller.memberId(), caller.login().clientId())));
  }

  /** Of two at once, the first stays. */
  WebhookSubscription subscribe(Caller caller) {
    entities
        .createNativeQuery(
            "insert into webhook_subscription (member_id, client_id, created_at)"
                + " values (:member, :client, :now) on conflict do nothing")
        .setParameter("member", caller.memberId())
        .setParameter("client", caller.login().clientId())
        .setParameter("now", clock.instant())
        .executeUpdate();
    targets.changed();
    return find(caller).orElseThrow();
  }

  void unsubscribe(Caller caller) {
    delete(caller.memberId(), caller.login().clientId());
    targets.changed();
  }

  List<WebhookSubscription> all(UUID memberId) {
    return entities
        .createQuery(
            "from WebhookSubscription s where s.memberId = :member order by s.createdAt",
            WebhookSubscription.class)
        .setParameter("member", memberId)
        .getResultList();
  }

  void onClientCutOff(@Observes ClientCutOff cutOff) {
    delete(cutOff.memberId(), cutOff.clientId());
    outbox.afterwards(targets::changed);
  }

  private void delete(UUID memberId, String clientId) {
    entities
        .createQuery(
            "delete from WebhookSubscription s where s.memberId = :member"
                + " and s.clientId = :client")
        .setParameter("member", memberId)
        .setParameter("client", clientId)
        .executeUpdate();
  }
}
