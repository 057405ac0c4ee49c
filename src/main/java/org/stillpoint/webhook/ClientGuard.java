package org.stillpoint.webhook;

import jakarta.inject.Singleton;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import org.stillpoint.identity.Caller;
import org.stillpoint.transaction.Callers;

/**
 * Lets an app manage what is its own. A scope isn't enough: an app whose persons were given it by
 * mistake would let each of them redirect everybody's events.
 */
@Singleton
@Transactional(TxType.MANDATORY)
class ClientGuard {
  private final Callers callers;
  private final EntityManager entities;

  ClientGuard(Callers callers, EntityManager entities) {
    this.callers = callers;
    this.entities = entities;
  }

  /** The app that calls. From here on the transaction sees that app's rows, and no other's. */
  Client client() {
    Caller caller = callers.current();
    if (caller.login().at() != null) {
      throw WebhookProblem.CLIENT_LOGIN_REQUIRED.exception();
    }
    Client client = new Client(caller.login().clientId(), caller.memberId());
    entities
        .createNativeQuery("select set_config('app.client', :client, true)", String.class)
        .setParameter("client", client.id())
        .getSingleResult();
    return client;
  }
}
