package org.stillpoint.practitioner;

import jakarta.inject.Singleton;
import jakarta.persistence.LockModeType;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.stillpoint.api.paging.Cursor;
import org.stillpoint.api.problem.HttpProblem;
import org.stillpoint.identity.Caller;
import org.stillpoint.practitioner.PractitionerService.Profile;
import org.stillpoint.practitioner.SharedGrantRepository.Told;
import org.stillpoint.relationship.AdultRule;
import org.stillpoint.relationship.InvitationCode;

/**
 * What a member lets a practitioner read of the member's own things: in every state of every
 * relationship, since help is no pressure (S10), and without a word to anybody else (S28).
 */
@Singleton
@Transactional(TxType.MANDATORY)
class SelfGrantService {
  private final SelfGrantRepository grants;
  private final PractitionerService practitioners;
  private final GrantEvents events;
  private final AdultRule adults;
  private final Clock clock;

  SelfGrantService(
      SelfGrantRepository grants,
      PractitionerService practitioners,
      GrantEvents events,
      AdultRule adults,
      Clock clock) {
    this.grants = grants;
    this.practitioners = practitioners;
    this.events = events;
    this.adults = adults;
    this.clock = clock;
  }

  /**
   * A grant, as its member sees it.
   *
   * @param endedAt null while it goes on
   */
  record Listed(SelfGrant row, Profile practitioner, String state, @Nullable Instant endedAt) {}

  /**
   * Lets a practitioner read from now on.
   *
   * @param requireEdition refuses whoever has read another one of the practitioner
   */
  SelfGrant make(
      Caller caller, InvitationCode code, GrantTerms terms, Consumer<UUID> requireEdition) {
    Profile practitioner = practitioners.find(caller, code);
    adults.require(caller);
    Practitioner row = practitioner.row();
    requireEdition.accept(row.edition());
    UUID me = caller.memberId();
    if (row.memberId().equals(me) || grants.sharesRelationship(me, row.memberId())) {
      throw PractitionerProblem.PRACTITIONER_TAKES_PART.exception();
    }
    Instant now = clock.instant();
    if (grants.lockAndCount(me, now) >= SelfGrant.MOST) {
      throw PractitionerProblem.TOO_MANY_GRANTS.exception();
    }
    SelfGrant grant =
        SelfGrant.make(me, row.memberId(), Objects.requireNonNull(row.codeClientId()), terms)
            .agree(row.edition(), now);
    grants.persistAndFlush(grant);
    tell(me, grant, now);
    return grant;
  }

  private void tell(UUID memberId, SelfGrant grant, Instant now) {
    events.selfChanged(memberId, grant.id(), now);
    events.tell(grants.reachPractitioner(grant), now);
  }

  /** Lets it go on from now for as long again, to the practitioner as the member has read them. */
  Listed renew(UUID memberId, UUID id, Consumer<UUID> requireEdition) {
    SelfGrant grant = lock(memberId, id);
    Instant now = clock.instant();
    if (grant.isOver(now)) {
      throw HttpProblem.NOT_FOUND.exception();
    }
    Practitioner practitioner = get(memberId, id).practitioner().row();
    requireEdition.accept(practitioner.edition());
    grant.agree(practitioner.edition(), now);
    grants.flush();
    tell(memberId, grant, now);
    return get(memberId, id);
  }

  /** Ends it, with all that was given under it. */
  void end(UUID memberId, UUID id) {
    Instant now = clock.instant();
    Told told = grants.end(id, now).orElseThrow(HttpProblem.NOT_FOUND::exception);
    if (told.practitionerId() != null) {
      events.selfChanged(memberId, id, now);
      events.tell(told.practitionerId(), now);
    }
  }

  /** Ends all that go on. */
  void endAll(UUID memberId) {
    grants.open(memberId, clock.instant()).forEach(id -> end(memberId, id));
  }

  private SelfGrant lock(UUID memberId, UUID id) {
    return grants
        .findByIdOptional(new SelfGrant.Key(memberId, id), LockModeType.PESSIMISTIC_WRITE)
        .orElseThrow(HttpProblem.NOT_FOUND::exception);
  }

  /** The newest first; what has ended for a month. */
  List<Listed> list(UUID memberId, Cursor.@Nullable ByTime after, int limit) {
    return show(memberId, grants.of(memberId, after, limit), clock.instant());
  }

  Listed get(UUID memberId, UUID id) {
    return grants
        .findByIdOptional(new SelfGrant.Key(memberId, id))
        .flatMap(row -> show(memberId, List.of(row), clock.instant()).stream().findFirst())
        .orElseThrow(HttpProblem.NOT_FOUND::exception);
  }

  private List<Listed> show(UUID memberId, List<SelfGrant> rows, Instant now) {
    Map<UUID, Profile> shown =
        practitioners.shown(rows.stream().map(SelfGrant::practitionerId).distinct().toList());
    return rows.stream()
        .filter(row -> shown.containsKey(row.practitionerId()))
        .map(
            row ->
                listed(memberId, row, Objects.requireNonNull(shown.get(row.practitionerId())), now))
        .toList();
  }

  private Listed listed(UUID memberId, SelfGrant row, Profile practitioner, Instant now) {
    Instant endedAt = row.endedAt(now);
    if (endedAt != null) {
      return new Listed(row, practitioner, "ended", endedAt);
    }
    boolean stands =
        row.edition().equals(practitioner.row().edition())
            && !grants.sharesRelationship(memberId, row.practitionerId());
    return new Listed(row, practitioner, stands ? "active" : "suspended", null);
  }
}
