package org.stillpoint.transaction;

import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.inject.Singleton;
import jakarta.persistence.EntityManager;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import org.stillpoint.event.Commit;
import org.stillpoint.event.Outbox;

/**
 * Opens a transaction for a member without a request, for work in the background: it sees that
 * member's rows and no others.
 */
@Singleton
public class MemberTransactions {
  private final EntityManager entities;
  private final Outbox outbox;
  private final Room room;

  MemberTransactions(EntityManager entities, Outbox outbox, Room room) {
    this.entities = entities;
    this.outbox = outbox;
    this.room = room;
  }

  private record Done<T>(T result, Commit commit) {}

  /** Does the work: all of it is stored, with its events, or nothing. */
  public <T> T call(UUID memberId, Supplier<T> work) {
    return call(memberId, false, work);
  }

  /** The same, to tell of a pause: then it waits for nothing else. */
  public <T> T call(UUID memberId, boolean isUrgent, Supplier<T> work) {
    Supplier<Done<T>> transaction =
        () -> QuarkusTransaction.requiringNew().call(() -> inTransaction(memberId, work));
    Done<T> done = isUrgent ? transaction.get() : room.call(transaction);
    outbox.tell(done.commit());
    return done.result();
  }

  /** Reads for a member whom the transaction itself finds; empty where it finds nobody. */
  public <T> Optional<T> read(Supplier<Optional<UUID>> member, Function<UUID, T> reading) {
    return room.call(
        () ->
            QuarkusTransaction.requiringNew()
                .call(
                    () -> {
                      Optional<UUID> found = member.get();
                      found.ifPresent(this::actFor);
                      return found.map(reading);
                    }));
  }

  private <T> Done<T> inTransaction(UUID memberId, Supplier<T> work) {
    actFor(memberId);
    T result = work.get();
    entities.flush();
    return new Done<>(result, outbox.store());
  }

  private void actFor(UUID memberId) {
    entities
        .createNativeQuery("select set_config('app.member', :member, true)", String.class)
        .setParameter("member", memberId.toString())
        .getSingleResult();
  }
}
