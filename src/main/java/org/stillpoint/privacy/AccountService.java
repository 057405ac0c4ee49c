package org.stillpoint.privacy;

import io.quarkus.arc.All;
import jakarta.inject.Singleton;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import org.stillpoint.crypto.DataKeys;
import org.stillpoint.event.Outbox;
import org.stillpoint.identity.Caller;
import org.stillpoint.identity.EndedLogins;
import org.stillpoint.privacy.spi.Ending;
import org.stillpoint.privacy.spi.PersonalDataSource;

/** The way out, and the end. To everybody else both look like leaving, to the last byte. */
@Singleton
@Transactional(TxType.MANDATORY)
class AccountService {
  private final List<PersonalDataSource> sources;
  private final ExportService exports;
  private final EndedLogins endedLogins;
  private final DataKeys keys;
  private final AccessLog log;
  private final Outbox outbox;
  private final EntityManager entities;
  private final Clock clock;

  AccountService(
      @All List<PersonalDataSource> sources,
      ExportService exports,
      EndedLogins endedLogins,
      DataKeys keys,
      AccessLog log,
      Outbox outbox,
      EntityManager entities,
      Clock clock) {
    this.sources = sources;
    this.exports = exports;
    this.endedLogins = endedLogins;
    this.keys = keys;
    this.log = log;
    this.outbox = outbox;
    this.entities = entities;
    this.clock = clock;
  }

  /** Takes a copy, then leaves everything and cuts every app off. */
  Export exit(Caller caller) {
    Export export = exports.takeNow(caller);
    end(caller);
    log.add(caller, AccessKind.EXITED, export.id());
    return export;
  }

  /** Leaves everything, and leaves nothing of the member but the id that others' rows name. */
  void erase(Caller caller) {
    end(caller);
    endedLogins.end(caller.login());
    keys.destroy(caller.memberId());
    // After the others are told: telling locks the feeds in order, and this one is among them.
    outbox.afterwards(
        () ->
            entities
                .createNativeQuery("select cast(erase_member(:now) as text)", String.class)
                .setParameter("now", clock.instant())
                .getSingleResult());
  }

  private void end(Caller caller) {
    sources.stream()
        .flatMap(source -> source.endings(caller.memberId()).stream())
        .sorted(Comparator.comparing(Ending::place))
        .forEach(ending -> ending.work().run());
    entities.flush();
  }
}
