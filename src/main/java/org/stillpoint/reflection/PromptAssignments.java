package org.stillpoint.reflection;

import jakarta.inject.Singleton;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.stillpoint.api.paging.Cursor;
import org.stillpoint.api.paging.NativePage;
import org.stillpoint.api.problem.HttpProblem;
import org.stillpoint.crypto.SensitiveText;
import org.stillpoint.crypto.Texts;
import org.stillpoint.event.Event;
import org.stillpoint.event.EventType;
import org.stillpoint.event.Outbox;
import org.stillpoint.relationship.Grant;
import org.stillpoint.relationship.GrantLookup;
import org.stillpoint.relationship.PressureGuard;
import org.stillpoint.transaction.Callers;

/**
 * Prompts that practitioners give members to think about: of the catalogue alone, so that nobody's
 * words come past a pause by this way, and ignored without a trace.
 */
@Singleton
@Transactional(TxType.MANDATORY)
class PromptAssignments {
  private static final String PAGE =
      """
      select * from visit_assignments() a
      where a.hidden_at is null and a.assigned_at > :since
      and (a.assigned_at, a.id) < (cast(:afterTime as timestamptz), cast(:afterId as uuid))
      order by a.assigned_at desc, a.id desc limit :limit
      """;

  private final EntityManager entities;
  private final Texts texts;
  private final GrantLookup grants;
  private final PressureGuard pressure;
  private final Outbox outbox;
  private final Callers callers;
  private final Clock clock;

  PromptAssignments(
      EntityManager entities,
      Texts texts,
      GrantLookup grants,
      PressureGuard pressure,
      Outbox outbox,
      Callers callers,
      Clock clock) {
    this.entities = entities;
    this.texts = texts;
    this.grants = grants;
    this.pressure = pressure;
    this.outbox = outbox;
    this.callers = callers;
    this.clock = clock;
  }

  /** A prompt that is assigned, opened. */
  record Assigned(PromptAssignment row, SensitiveText promptId) {}

  /**
   * Gives a member a prompt. Under a grant of a relationship not while anybody pauses there, and
   * the member's apps are told. Under a member's own there is nobody whose pause it would tell of,
   * and nothing rings (S9, S28).
   *
   * @return whether it was done; not while anybody pauses
   */
  boolean assign(Grant grant, UUID memberId, UUID id, Prompt prompt) {
    UUID me = callers.current().memberId();
    UUID relationshipId = grant.relationshipId();
    Instant now = clock.instant();
    String outcome =
        (String)
            entities
                .createNativeQuery(
                    "select assign_prompt(:grant, :client, :member, :id, :prompt, :now)",
                    String.class)
                .setParameter("grant", grant.id())
                .setParameter("client", callers.current().login().clientId())
                .setParameter("member", memberId)
                .setParameter("id", id)
                .setParameter(
                    "prompt",
                    texts.stored(
                        SensitiveText.of(prompt.id()),
                        PromptAssignment.place(memberId, grant.id(), id, me)))
                .setParameter("now", now)
                .getSingleResult();
    switch (outcome) {
      case "done" -> {
        if (relationshipId != null) {
          outbox.add(
              Event.asking(
                      pressure.throughGrant(grants, grant),
                      EventType.PROMPT_ASSIGNED,
                      now,
                      relationshipId,
                      new Event.Resource("promptAssignment", id),
                      null,
                      List.of(memberId))
                  .quietly());
        }
      }
      case "paused" -> {
        return false;
      }
      case "tooMany" -> throw ReflectionProblem.TOO_MANY_PROMPTS_ASSIGNED.exception();
      case "gone" -> throw HttpProblem.NOT_FOUND.exception();
      default -> {
        // It is there already, or was hidden: nothing is told of either.
      }
    }
    return true;
  }

  /** What the caller was given in the last weeks and hasn't hidden, the newest first. */
  List<Assigned> list(Cursor.@Nullable ByTime after, int limit) {
    List<?> rows =
        NativePage.newestFirst(
                entities
                    .createNativeQuery(PAGE, PromptAssignment.class)
                    .setParameter("since", clock.instant().minus(PromptAssignment.LIFETIME)),
                after,
                limit)
            .getResultList();
    List<PromptAssignment> found = rows.stream().map(PromptAssignment.class::cast).toList();
    texts.prepare(found.stream().map(PromptAssignment::practitionerId).distinct().toList());
    return found.stream()
        .map(
            row -> new Assigned(row, Objects.requireNonNull(texts.open(row.prompt(), row.place()))))
        .toList();
  }

  /** Shows it no more; the practitioner learns nothing of it. */
  void hide(UUID memberId, UUID id) {
    int hidden =
        entities
            .createNativeQuery(
                "update prompt_assignment set hidden_at = :now"
                    + " where member_id = :member and id = :id and hidden_at is null")
            .setParameter("now", clock.instant())
            .setParameter("member", memberId)
            .setParameter("id", id)
            .executeUpdate();
    if (hidden == 0) {
      throw HttpProblem.NOT_FOUND.exception();
    }
  }
}
