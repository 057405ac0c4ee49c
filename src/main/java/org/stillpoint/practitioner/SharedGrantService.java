package org.stillpoint.practitioner;

import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Tuple;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.stillpoint.api.paging.Cursor;
import org.stillpoint.api.problem.HttpProblem;
import org.stillpoint.event.Outbox;
import org.stillpoint.event.PressurePermit;
import org.stillpoint.identity.Caller;
import org.stillpoint.practitioner.PractitionerService.Profile;
import org.stillpoint.practitioner.SharedGrantRepository.Assent;
import org.stillpoint.practitioner.SharedGrantRepository.Told;
import org.stillpoint.practitioner.SharedGrantRepository.Yes;
import org.stillpoint.relationship.InvitationCode;
import org.stillpoint.relationship.Member;
import org.stillpoint.relationship.MemberLeft;
import org.stillpoint.relationship.PressureGuard;

/**
 * Grants of a relationship: asked of all, read while all say yes, ended by any one of them (S27). A
 * yes that isn't the last, a no and no answer look the same to the others (S17).
 */
@Singleton
@Transactional(TxType.MANDATORY)
class SharedGrantService {
  /** After pauses and check-ins, whose rows are locked before. */
  private static final int AFTER_CHECK_INS = 3_100;

  private final SharedGrantRepository grants;
  private final PractitionerService practitioners;
  private final GrantEvents events;
  private final PressureGuard pressure;
  private final Outbox outbox;
  private final EntityManager entities;
  private final Clock clock;

  SharedGrantService(
      SharedGrantRepository grants,
      PractitionerService practitioners,
      GrantEvents events,
      PressureGuard pressure,
      Outbox outbox,
      EntityManager entities,
      Clock clock) {
    this.grants = grants;
    this.practitioners = practitioners;
    this.events = events;
    this.pressure = pressure;
    this.outbox = outbox;
    this.entities = entities;
    this.clock = clock;
  }

  /**
   * A grant, as one member sees it.
   *
   * @param endedAt null while it goes on, or can still come about
   */
  record Listed(
      SharedGrant row,
      Profile practitioner,
      String state,
      boolean assentedByMe,
      boolean renewedByMe,
      @Nullable Instant endedAt) {}

  /**
   * Asks all, and says yes for the one who asks.
   *
   * @param requireEdition refuses whoever has read another one of the practitioner
   */
  SharedGrant request(
      Caller caller,
      Member member,
      InvitationCode code,
      GrantTerms terms,
      Consumer<UUID> requireEdition) {
    Profile practitioner = practitioners.find(caller, code);
    Practitioner row = practitioner.row();
    requireEdition.accept(row.edition());
    if (member.all().contains(row.memberId())) {
      throw PractitionerProblem.PRACTITIONER_TAKES_PART.exception();
    }
    Instant now = clock.instant();
    if (grants.countOpen(member, now) >= SharedGrant.MOST) {
      throw PractitionerProblem.TOO_MANY_GRANTS.exception();
    }
    if (grants.countAsked(member, now.minus(SharedGrant.MONTH)) >= SharedGrant.MOST_ASKED) {
      throw PractitionerProblem.TOO_MANY_REQUESTS_FOR_GRANTS.exception();
    }
    PressurePermit permit = pressure.ask(member);
    SharedGrant grant =
        SharedGrant.request(
            member, row.memberId(), Objects.requireNonNull(row.codeClientId()), terms, now);
    grants.persistAndFlush(grant);
    events.requested(permit, grant, member, now);
    sayYes(member, grant, row.edition(), now);
    return grant;
  }

  private void sayYes(Member member, SharedGrant grant, UUID edition, Instant now) {
    Yes yes = grants.sayYes(grant, edition, now).orElseThrow(HttpProblem.NOT_FOUND::exception);
    if (yes.practitionerId() != null) {
      yes.replaced().forEach(id -> events.changed(grant.relationshipId(), id, member.all(), now));
      events.changed(grant.relationshipId(), grant.id(), member.all(), now);
      events.tell(yes.practitionerId(), now);
    }
  }

  /** Says yes, to the practitioner as the member has read of them; also to renew it (S27). */
  Listed assent(Member member, UUID id, Consumer<UUID> requireEdition) {
    Listed before = get(member, id);
    if (before.endedAt() != null) {
      throw HttpProblem.NOT_FOUND.exception();
    }
    UUID edition = before.practitioner().row().edition();
    requireEdition.accept(edition);
    PressurePermit permit =
        pressure.whileNobodyPauses(member, PractitionerProblem.GRANT_WAITS_FOR_PAUSE);
    // Asked again once the members' feeds are held, which a tap needs too.
    outbox.afterwards(permit.confirm());
    sayYes(member, before.row(), edition, clock.instant());
    return get(member, id);
  }

  /** Ends it, in every state, without a reason (S10). */
  void end(Member member, UUID id) {
    Instant now = clock.instant();
    SharedGrant grant =
        grants.listed(member, id, now).orElseThrow(HttpProblem.NOT_FOUND::exception);
    Told told = grants.end(grant, now).orElseThrow(HttpProblem.NOT_FOUND::exception);
    if (told.practitionerId() != null) {
      events.changed(grant.relationshipId(), id, member.all(), now);
      events.tell(told.practitionerId(), now);
    }
  }

  /** The newest first. */
  List<Listed> list(Member member, Cursor.@Nullable ByTime after, int limit) {
    Instant now = clock.instant();
    return show(member, grants.listed(member, now, after, limit), now);
  }

  Listed get(Member member, UUID id) {
    Instant now = clock.instant();
    Optional<SharedGrant> found = grants.listed(member, id, now);
    return show(member, found.stream().toList(), now).stream()
        .findFirst()
        .orElseThrow(HttpProblem.NOT_FOUND::exception);
  }

  private List<Listed> show(Member member, List<SharedGrant> rows, Instant now) {
    if (rows.isEmpty()) {
      return List.of();
    }
    Map<UUID, Profile> shown =
        practitioners.shown(rows.stream().map(SharedGrant::practitionerId).distinct().toList());
    Map<UUID, Assent> mine = grants.assentsOf(member.memberId());
    Set<UUID> standing = grants.standing(member.relationshipId());
    return rows.stream()
        // Gone, if the practice ended while it was read.
        .filter(row -> shown.containsKey(row.practitionerId()))
        .map(
            row ->
                listed(
                    row,
                    Objects.requireNonNull(shown.get(row.practitionerId())),
                    mine.get(row.id()),
                    standing.contains(row.id()),
                    now))
        .toList();
  }

  private static Listed listed(
      SharedGrant row, Profile practitioner, @Nullable Assent mine, boolean stands, Instant now) {
    boolean assented = mine != null && mine.edition().equals(practitioner.row().edition());
    boolean renewed = mine != null && assented && isRenewal(row, mine.assentedAt());
    Instant endedAt = row.endedAt(now);
    return new Listed(row, practitioner, state(row, stands, endedAt), assented, renewed, endedAt);
  }

  private static boolean isRenewal(SharedGrant row, Instant assentedAt) {
    Instant completedAt = row.completedAt();
    return completedAt != null
        && assentedAt.isAfter(completedAt)
        && assentedAt.isAfter(row.renewableFrom());
  }

  private static String state(SharedGrant row, boolean stands, @Nullable Instant endedAt) {
    if (endedAt != null) {
      return "ended";
    }
    if (!row.hasBegun()) {
      return "requested";
    }
    return stands ? "active" : "suspended";
  }

  /** All end: the yes was to these people, and one of them takes it along (S32). */
  void onMemberLeft(@Observes @Priority(AFTER_CHECK_INS) MemberLeft left) {
    entities.flush();
    List<?> ended =
        entities
            .createNativeQuery(
                "select id, practitioner_id from leave_shared_grants(:relationship, :at)",
                Tuple.class)
            .setParameter("relationship", left.relationshipId())
            .setParameter("at", left.at())
            .getResultList();
    for (Object row : ended) {
      Tuple grant = (Tuple) row;
      events.changed(
          left.relationshipId(), grant.get("id", UUID.class), left.remaining(), left.at());
      events.tell(grant.get("practitioner_id", UUID.class), left.at());
    }
  }
}
