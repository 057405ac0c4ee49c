package org.stillpoint.checkin;

import jakarta.inject.Singleton;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.stillpoint.api.paging.Cursor;
import org.stillpoint.api.paging.NativePage;
import org.stillpoint.api.problem.HttpProblem;
import org.stillpoint.checkin.AgendaProposalResource.ProposeRequest;
import org.stillpoint.crypto.Texts;
import org.stillpoint.event.Event;
import org.stillpoint.event.EventType;
import org.stillpoint.event.Outbox;
import org.stillpoint.relationship.Grant;
import org.stillpoint.relationship.GrantLookup;
import org.stillpoint.relationship.Member;
import org.stillpoint.relationship.PressureGuard;
import org.stillpoint.transaction.Callers;

/**
 * What practitioners propose to talk about. Whoever likes it plans a talk of their own with it;
 * that somebody has, has changed it or has passed it over looks the same to the practitioner.
 */
@Singleton
@Transactional(TxType.MANDATORY)
class AgendaProposals {
  private static final String PAGE =
      """
      select * from visit_proposals(:relationship) a
      where a.proposed_at > :since
      and (a.proposed_at, a.id) < (cast(:afterTime as timestamptz), cast(:afterId as uuid))
      order by a.proposed_at desc, a.id desc limit :limit
      """;

  private final EntityManager entities;
  private final AgendaTexts agendas;
  private final Texts texts;
  private final GrantLookup grants;
  private final PressureGuard pressure;
  private final Outbox outbox;
  private final Callers callers;
  private final Clock clock;

  AgendaProposals(
      EntityManager entities,
      AgendaTexts agendas,
      Texts texts,
      GrantLookup grants,
      PressureGuard pressure,
      Outbox outbox,
      Callers callers,
      Clock clock) {
    this.entities = entities;
    this.agendas = agendas;
    this.texts = texts;
    this.grants = grants;
    this.pressure = pressure;
    this.outbox = outbox;
    this.callers = callers;
    this.clock = clock;
  }

  /** A proposal with what it says. */
  record Proposed(AgendaProposal row, ProposeRequest says) {}

  /** Proposes to all members; false while anybody pauses, when it isn't done (S9). */
  boolean propose(Grant grant, UUID relationshipId, UUID id, ProposeRequest says) {
    UUID me = callers.current().memberId();
    var unused = Agenda.of(me, says.templateId(), says.items());
    Instant now = clock.instant();
    String outcome =
        (String)
            entities
                .createNativeQuery(
                    "select propose_agenda(:grant, :client, :id, :words, :now)", String.class)
                .setParameter("grant", grant.id())
                .setParameter("client", callers.current().login().clientId())
                .setParameter("id", id)
                .setParameter(
                    "words",
                    agendas.stored(says, AgendaProposal.place(relationshipId, grant.id(), id, me)))
                .setParameter("now", now)
                .getSingleResult();
    switch (outcome) {
      case "done" ->
          outbox.add(
              Event.asking(
                      pressure.throughGrant(grants, grant),
                      EventType.AGENDA_PROPOSED,
                      now,
                      relationshipId,
                      new Event.Resource("agendaProposal", id),
                      null,
                      grant.memberIds())
                  .quietly());
      case "paused" -> {
        return false;
      }
      case "tooMany" -> throw CheckInProblem.TOO_MANY_AGENDAS_PROPOSED.exception();
      case "gone" -> throw HttpProblem.NOT_FOUND.exception();
      default -> {
        // It is there already.
      }
    }
    return true;
  }

  /** All that this practitioner has proposed and is there, the oldest first. */
  List<Proposed> of(UUID practitionerId) {
    return entities
        .createQuery(
            "from AgendaProposal a where a.practitionerId = :practitioner"
                + " order by a.proposedAt, a.id",
            AgendaProposal.class)
        .setParameter("practitioner", practitionerId)
        .getResultStream()
        .map(row -> new Proposed(row, agendas.proposed(row.words(), row.place())))
        .toList();
  }

  /** What practitioners have proposed in the last weeks, the newest first. */
  List<Proposed> list(Member member, Cursor.@Nullable ByTime after, int limit) {
    List<?> rows =
        NativePage.newestFirst(
                entities
                    .createNativeQuery(PAGE, AgendaProposal.class)
                    .setParameter("relationship", member.relationshipId())
                    .setParameter("since", clock.instant().minus(AgendaProposal.LIFETIME)),
                after,
                limit)
            .getResultList();
    List<AgendaProposal> found = rows.stream().map(AgendaProposal.class::cast).toList();
    texts.prepare(found.stream().map(AgendaProposal::practitionerId).distinct().toList());
    return found.stream()
        .map(row -> new Proposed(row, agendas.proposed(row.words(), row.place())))
        .toList();
  }
}
