package org.stillpoint.pause;

import jakarta.inject.Singleton;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.stillpoint.api.paging.Cursor;
import org.stillpoint.api.paging.NativePage;
import org.stillpoint.relationship.Grant;
import org.stillpoint.transaction.Callers;

/** Reads pauses for practitioners, by a function of the database that asks anew what is granted. */
@Singleton
@Transactional(TxType.MANDATORY)
class PracticePauses {
  private static final String PAGE =
      """
      select * from practice_pauses(:grant, :client, :now) p
      where (p.ended_at is null or p.ended_at >= cast(:since as timestamptz))
      and (p.received_at, p.id) < (cast(:afterTime as timestamptz), cast(:afterId as uuid))
      order by p.received_at desc, p.id desc limit :limit
      """;

  private final EntityManager entities;
  private final Callers callers;
  private final Clock clock;

  PracticePauses(EntityManager entities, Callers callers, Clock clock) {
    this.entities = entities;
    this.callers = callers;
    this.clock = clock;
  }

  /** The newest first. */
  List<Pause> of(Grant grant, @Nullable Instant since, Cursor.@Nullable ByTime after, int limit) {
    List<?> rows =
        NativePage.newestFirst(
                NativePage.since(
                    entities
                        .createNativeQuery(PAGE, Pause.class)
                        .setParameter("grant", grant.id())
                        .setParameter("client", callers.current().login().clientId())
                        .setParameter("now", clock.instant()),
                    since),
                after,
                limit)
            .getResultList();
    return rows.stream().map(Pause.class::cast).toList();
  }
}
