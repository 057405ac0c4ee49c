package org.stillpoint.checkin;

import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.stillpoint.api.problem.FieldError;
import org.stillpoint.api.problem.Flaw;
import org.stillpoint.api.problem.HttpProblem;
import org.stillpoint.api.ratelimit.RateLimits;
import org.stillpoint.crypto.SensitiveText;
import org.stillpoint.crypto.Texts;
import org.stillpoint.event.EventType;
import org.stillpoint.event.PressurePermit;
import org.stillpoint.relationship.GrantLookup;
import org.stillpoint.relationship.GrantScope;
import org.stillpoint.relationship.InvitationCode;
import org.stillpoint.relationship.Member;
import org.stillpoint.relationship.PressureGuard;

/**
 * Guests, as those who take part propose, want and end them. It takes the yes of all, of which none
 * is seen before the last, and all of which a pause before it undoes; one takes it back, and the
 * guest is gone, in every state (S10, S16).
 */
@Singleton
@Transactional(TxType.MANDATORY)
class GuestService {
  private final CheckInRepository checkIns;
  private final GuestRepository guests;
  private final GuestEvents events;
  private final Texts texts;
  private final PressureGuard pressure;
  private final GrantLookup grants;
  private final RateLimits limits;
  private final Clock clock;

  GuestService(
      CheckInRepository checkIns,
      GuestRepository guests,
      GuestEvents events,
      Texts texts,
      PressureGuard pressure,
      GrantLookup grants,
      RateLimits limits,
      Clock clock) {
    this.checkIns = checkIns;
    this.guests = guests;
    this.events = events;
    this.texts = texts;
    this.pressure = pressure;
    this.grants = grants;
    this.limits = limits;
    this.clock = clock;
  }

  /**
   * A guest with the code, which nobody can read a second time.
   *
   * @param code null for a practitioner, who comes by a grant
   */
  record Made(Guest guest, SensitiveText label, @Nullable InvitationCode code) {}

  /** A guest, as one member sees it. */
  record Listed(Guest guest, SensitiveText label, boolean assentedByMe) {}

  /** A check-in under its lock, and a guest of it who is there. */
  private record Place(CheckIn checkIn, Guest guest, Instant now) {}

  Made propose(
      Member member, UUID checkInId, GuestRole role, SensitiveText label, @Nullable UUID grantId) {
    CheckIn checkIn = checkIns.lock(member, checkInId);
    // Read now: it may have taken long to get the lock.
    Instant now = clock.instant();
    if (checkIn.isOver(now)) {
      throw CheckInProblem.CHECK_IN_OVER.exception();
    }
    if (guests.of(checkIn, now).size() >= Guest.MOST
        || guests.proposedBy(member, checkIn) >= Guest.MOST_PROPOSED) {
      throw CheckInProblem.TOO_MANY_GUESTS.exception();
    }
    limits.spendProposal(member.memberId());
    PressurePermit permit = pressure.ask(member);
    if (grantId != null && !mayBring(member, checkIn, grantId, now)) {
      throw HttpProblem.VALIDATION_FAILED
          .exception()
          .withError(FieldError.member("/grantId", Flaw.NOT_ALLOWED_VALUE));
    }
    InvitationCode code = grantId == null ? InvitationCode.random() : null;
    Guest guest =
        code == null
            ? Guest.propose(member, checkIn, role, granted(member, grantId), now)
            : Guest.propose(member, checkIn, role, code, now);
    guest.label(texts.seal(label, guest.place()));
    guests.persistAndFlush(guest);
    guests.assent(member, guest, now);
    events.proposed(permit, checkIn, member, now);
    return new Made(guest, label, code);
  }

  /** To a talk of all, and once: what some have among themselves is for them alone. */
  private boolean mayBring(Member member, CheckIn checkIn, UUID grantId, Instant now) {
    return Set.copyOf(checkIn.participantIds()).equals(Set.copyOf(member.all()))
        && guests.of(checkIn, now).stream().noneMatch(guest -> grantId.equals(guest.grantId()));
  }

  /** A grant of this relationship by which its practitioner may come. */
  private UUID granted(Member member, @Nullable UUID grantId) {
    UUID id = Objects.requireNonNull(grantId);
    if (!member.relationshipId().equals(grants.hold(id, GrantScope.ATTEND_CHECK_INS))) {
      throw HttpProblem.NOT_FOUND.exception();
    }
    return id;
  }

  /** Those who are there; when the check-in is over, nobody is. */
  List<Listed> list(Member member, UUID checkInId) {
    CheckIn checkIn = checkIns.visible(member, checkInId);
    Instant now = clock.instant();
    if (checkIn.isOver(now)) {
      return List.of();
    }
    List<Guest> there = guests.of(checkIn, now);
    texts.prepare(there.stream().map(Guest::proposerId).toList());
    Set<UUID> mine = guests.assentsOf(member.memberId(), checkInId);
    return there.stream().map(guest -> listed(guest, mine.contains(guest.id()))).toList();
  }

  private Listed listed(Guest guest, boolean assented) {
    SensitiveText label = texts.open(guest.label(), guest.place());
    return new Listed(guest, Objects.requireNonNull(label), guest.isInvited() || assented);
  }

  /** Says yes. In a pause nobody does, whether or not it would be the last (S9). */
  Listed assent(Member member, UUID checkInId, UUID guestId) {
    Place place = lock(member, checkInId, guestId);
    Guest guest = place.guest();
    if (!guest.isInvited()) {
      PressurePermit permit = pressure.whileNobodyPauses(member, CheckInProblem.CHECK_IN_HELD);
      guests.assent(member, guest, place.now());
      if (guests.complete(guest, place.now())) {
        CheckIn checkIn = place.checkIn();
        events.became(
            EventType.CHECK_IN_GUEST_INVITED,
            permit,
            checkIn.relationshipId(),
            checkIn.id(),
            checkIn.participantIds(),
            place.now());
        if (guest.grantId() != null) {
          events.tellPractitioner(guest, place.now());
        }
      }
    }
    return listed(guest, true);
  }

  /** Takes the yes back: of a guest who was complete that is the end, of another nobody learns. */
  void withdrawAssent(Member member, UUID checkInId, UUID guestId) {
    Place place = lock(member, checkInId, guestId);
    guests.withdrawAssent(member, place.guest());
    if (place.guest().isInvited()) {
      end(place);
    }
  }

  /** Ends it, by whoever takes part, without a reason. */
  void end(Member member, UUID checkInId, UUID guestId) {
    end(lock(member, checkInId, guestId));
  }

  private Place lock(Member member, UUID checkInId, UUID guestId) {
    CheckIn checkIn = checkIns.lock(member, checkInId);
    Instant now = clock.instant();
    Guest guest =
        guests
            .find(checkIn, guestId, now)
            .filter(found -> !checkIn.isOver(now))
            .orElseThrow(HttpProblem.NOT_FOUND::exception);
    return new Place(checkIn, guest, now);
  }

  private void end(Place place) {
    UUID gone = guests.end(place.guest(), place.now());
    CheckIn checkIn = place.checkIn();
    events.gone(checkIn.relationshipId(), checkIn.id(), checkIn.participantIds(), place.now());
    if (gone != null) {
      events.tell(place.guest().id(), gone, place.now());
    }
  }
}
