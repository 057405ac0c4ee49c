package org.stillpoint.checkin;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.stillpoint.relationship.Member;
import org.stillpoint.relationship.ReturnTimesChanged;

/**
 * Plans a check-in where the times to return after a pause meet, also since somebody leaves: at the
 * first time that all have in common, and by nothing else of what anybody has offered (S11). All
 * have offered it, so that it asks nobody; it opens once nobody pauses any more and all are ready,
 * and is skipped like any.
 */
@Singleton
@Transactional(TxType.MANDATORY)
class ReturnCheckIns {
  private static final String TEMPLATE = "return-after-a-pause";

  private final CheckInRepository checkIns;
  private final CheckInService service;
  private final CheckInEvents events;

  ReturnCheckIns(CheckInRepository checkIns, CheckInService service, CheckInEvents events) {
    this.checkIns = checkIns;
    this.service = service;
    this.events = events;
  }

  /** What is planned stays where it still fits. What somebody else has put off is left alone. */
  void onTimesChanged(@Observes ReturnTimesChanged changed) {
    Member member = changed.member();
    if (member.others().isEmpty()) {
      return;
    }
    Instant now = changed.at();
    Template template = TemplateCatalogue.find(TEMPLATE).orElseThrow();
    Duration length = Duration.ofMinutes(template.minutes());
    List<UUID> ahead = checkIns.ahead(member, changed.pauseId());
    // Not locked: whoever leaves locks all check-ins in their order, which this would come before.
    if (ahead.stream()
        .map(id -> checkIns.visible(member, id))
        .filter(checkIn -> checkIn.state(now) == CheckInState.SCHEDULED)
        .anyMatch(checkIn -> fits(changed, checkIn.startsAt(), length))) {
      return;
    }
    CheckIn planned = lock(member, ahead, now);
    Optional<Instant> start = start(changed, length);
    if (planned != null) {
      planned.makeRoom(now);
      events.moved(planned, member, start.isPresent(), now);
    } else if (checkIns.isPutOff(member, changed.pauseId())) {
      return;
    }
    start.ifPresent(
        at -> service.planReturn(member, changed.pauseId(), template, planned, at, now));
  }

  private @Nullable CheckIn lock(Member member, List<UUID> ahead, Instant now) {
    return ahead.stream()
        .map(id -> checkIns.lock(member, id))
        .filter(checkIn -> checkIn.state(now) == CheckInState.SCHEDULED)
        .findFirst()
        .orElse(null);
  }

  private static boolean fits(ReturnTimesChanged changed, Instant start, Duration length) {
    return changed.times().stream().anyMatch(time -> time.holds(start, length));
  }

  /** Not before now, and with time for all of it. */
  private static Optional<Instant> start(ReturnTimesChanged changed, Duration length) {
    return changed.times().stream()
        .map(
            time -> {
              Instant start =
                  time.startsAt().isBefore(changed.at()) ? changed.at() : time.startsAt();
              return time.holds(start, length) ? start : null;
            })
        .filter(Objects::nonNull)
        .findFirst();
  }
}
