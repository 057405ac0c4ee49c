package org.stillpoint.transaction;

import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.inject.Singleton;
import jakarta.persistence.EntityManager;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.stillpoint.api.problem.ProblemException;
import org.stillpoint.api.ratelimit.RateLimits;
import org.stillpoint.event.Commit;
import org.stillpoint.event.Outbox;
import org.stillpoint.identity.Caller;
import org.stillpoint.identity.Login;
import org.stillpoint.identity.Logins;
import org.stillpoint.identity.Members;

/** Opens the transaction of a request. Taps alone go another way, with connections of their own. */
@Singleton
public class CallerTransactions {
  private final Logins logins;
  private final Members members;
  private final Callers callers;
  private final RateLimits limits;
  private final IdempotencyKeys idempotency;
  private final EntityManager entities;
  private final Outbox outbox;
  private final AccessRecorder accesses;
  private final Room room;

  CallerTransactions(
      Logins logins,
      Members members,
      Callers callers,
      RateLimits limits,
      IdempotencyKeys idempotency,
      EntityManager entities,
      Outbox outbox,
      AccessRecorder accesses,
      Room room) {
    this.logins = logins;
    this.members = members;
    this.callers = callers;
    this.limits = limits;
    this.idempotency = idempotency;
    this.entities = entities;
    this.outbox = outbox;
    this.accesses = accesses;
    this.room = room;
  }

  /**
   * Does the work for the caller: all of it is stored, with its events and its idempotency key, or
   * nothing.
   *
   * @param operation the name under which an idempotency key is remembered
   * @param scope the scope that it needs, under which it is logged for the member
   */
  @Nullable Object call(
      String operation,
      @Nullable String scope,
      Object[] parameters,
      Callable<@Nullable Object> work)
      throws Exception {
    Login login = logins.current();
    limits.spend(login);
    Done<Optional<Object>> done =
        commit(
            login,
            scope,
            false,
            caller -> Optional.ofNullable(idempotency.once(caller, operation, parameters, work)));
    return done.value().orElse(null);
  }

  /**
   * The same for what belongs to a tap: not counted (S1), repeated without a key, and waiting for
   * no other request.
   */
  public <T> T forTap(Function<Caller, T> work) {
    return commit(logins.current(), null, true, work::apply).value();
  }

  private interface Work<T> {
    T of(Caller caller) throws Exception;
  }

  private <T> Done<T> commit(Login login, @Nullable String scope, boolean isTap, Work<T> work) {
    Supplier<Done<T>> transaction =
        () -> QuarkusTransaction.requiringNew().call(() -> inTransaction(login, scope, work));
    Done<T> done = isTap ? transaction.get() : room.call(transaction);
    members.remember(callers.current());
    outbox.tell(done.commit());
    done.recorded().run();
    if (done.refusal() != null) {
      throw done.refusal();
    }
    return done;
  }

  /**
   * What was committed.
   *
   * @param refusal what the caller is told in place of the result; null for the result
   */
  private record Done<T>(
      @Nullable T result, Commit commit, Runnable recorded, @Nullable ProblemException refusal) {
    T value() {
      return Objects.requireNonNull(result);
    }
  }

  private <T> Done<T> inTransaction(Login login, @Nullable String scope, Work<T> work)
      throws Exception {
    Caller caller = members.admit(login);
    callers.current(caller);
    @Nullable T result = null;
    @Nullable ProblemException refusal = null;
    try {
      result = work.of(caller);
    } catch (ProblemException refused) {
      if (!refused.keepsWhatIsStored()) {
        throw refused;
      }
      refusal = refused;
    }
    entities.flush();
    Runnable recorded = scope == null ? () -> {} : accesses.record(caller, scope);
    return new Done<>(result, outbox.store(), recorded, refusal);
  }
}
