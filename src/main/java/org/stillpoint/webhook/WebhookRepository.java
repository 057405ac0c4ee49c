package org.stillpoint.webhook;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.inject.Singleton;
import jakarta.persistence.LockModeType;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.stillpoint.api.paging.Cursor;
import org.stillpoint.api.paging.Keyset;

/** The endpoints of the app that calls, and the attempts at them. */
@Singleton
class WebhookRepository implements PanacheRepositoryBase<WebhookEndpoint, WebhookEndpoint.Key> {
  /** How many the app has, and goes on to have until the transaction ends, but for its own. */
  long lockAndCount(Client client) {
    getEntityManager()
        .createNativeQuery(
            "select cast(pg_advisory_xact_lock(hashtextextended(:client, 0)) as text)",
            String.class)
        .setParameter("client", "webhook_endpoint/" + client.id())
        .getSingleResult();
    return count("clientId", client.id());
  }

  Optional<WebhookEndpoint> find(Client client, UUID id) {
    return findByIdOptional(new WebhookEndpoint.Key(client.id(), id));
  }

  Optional<WebhookEndpoint> lock(Client client, UUID id) {
    return findByIdOptional(
        new WebhookEndpoint.Key(client.id(), id), LockModeType.PESSIMISTIC_WRITE);
  }

  /** The oldest first. */
  List<WebhookEndpoint> of(Client client, Cursor.@Nullable ByTime after, int limit) {
    return find(
            "clientId = :client" + Keyset.oldestFirst("createdAt", "id"),
            Keyset.values(after, Map.of("client", client.id())))
        .page(0, limit)
        .list();
  }

  /** The newest first. */
  List<WebhookAttempt> attempts(
      Client client, UUID endpointId, Cursor.@Nullable ByTime after, int limit) {
    var query =
        getEntityManager()
            .createQuery(
                "from WebhookAttempt a where a.clientId = :client and a.endpointId = :endpoint"
                    + Keyset.newestFirst("a.attemptedAt", "a.id"),
                WebhookAttempt.class)
            .setMaxResults(limit);
    Keyset.values(after, Map.of("client", client.id(), "endpoint", endpointId))
        .forEach(query::setParameter);
    return query.getResultList();
  }

  /** Whether there is such an event, which is queued once more. */
  boolean redeliver(UUID endpointId, WebhookMessage.Id message) {
    return (Boolean)
        getEntityManager()
            .createNativeQuery("select redeliver(:endpoint, :member, :event)", Boolean.class)
            .setParameter("endpoint", endpointId)
            .setParameter("member", message.memberId())
            .setParameter("event", message.eventId())
            .getSingleResult();
  }
}
