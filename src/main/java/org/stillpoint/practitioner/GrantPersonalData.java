package org.stillpoint.practitioner;

import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.stillpoint.practitioner.PractitionerService.Profile;
import org.stillpoint.practitioner.SharedGrantRepository.Assent;
import org.stillpoint.privacy.spi.Ending;
import org.stillpoint.privacy.spi.ExportDocument;
import org.stillpoint.privacy.spi.ExportDraft;
import org.stillpoint.privacy.spi.PersonalDataSource;
import org.stillpoint.relationship.GrantScope;

/** What a member lets practitioners read, and who the member is as one. */
@Singleton
class GrantPersonalData implements PersonalDataSource {
  private final SharedGrantRepository sharedGrants;
  private final SelfGrantRepository selfGrants;
  private final SelfGrantService selfGrantService;
  private final PractitionerService practitioners;
  private final Practice practice;
  private final Clock clock;

  GrantPersonalData(
      SharedGrantRepository sharedGrants,
      SelfGrantRepository selfGrants,
      SelfGrantService selfGrantService,
      PractitionerService practitioners,
      Practice practice,
      Clock clock) {
    this.sharedGrants = sharedGrants;
    this.selfGrants = selfGrants;
    this.selfGrantService = selfGrantService;
    this.practitioners = practitioners;
    this.practice = practice;
    this.clock = clock;
  }

  @Override
  public void export(UUID memberId, ExportDraft copy) {
    Map<UUID, Assent> assents = sharedGrants.assentsOf(memberId);
    copy.add(
        sharedGrants.list("endedAt is null order by requestedAt, id").stream()
            .filter(
                grant -> memberId.equals(grant.requestedBy()) || assents.containsKey(grant.id()))
            .map(grant -> copy(grant, memberId, assents.get(grant.id())))
            .toList());
    Instant now = clock.instant();
    copy.add(
        selfGrants.list("memberId = ?1 order by beganAt, id", memberId).stream()
            .map(grant -> copy(grant, now))
            .toList());
    copy.add(
        practitioners.own(memberId).map(practitioners::open).stream()
            .map(GrantPersonalData::copy)
            .toList());
  }

  private static ExportDocument.SharedGrant copy(
      SharedGrant grant, UUID memberId, @Nullable Assent assent) {
    return new ExportDocument.SharedGrant(
        grant.relationshipId(),
        grant.id(),
        grant.practitionerId(),
        grant.clientId(),
        GrantScope.wireNames(grant.scopes()),
        memberId.equals(grant.requestedBy()),
        assent == null ? null : assent.assentedAt(),
        grant.expiresAt());
  }

  private static ExportDocument.SelfGrant copy(SelfGrant grant, Instant now) {
    Instant endedAt = grant.endedAt(now);
    return new ExportDocument.SelfGrant(
        grant.id(),
        grant.practitionerId(),
        grant.clientId(),
        GrantScope.wireNames(grant.scopes()),
        grant.beganAt(),
        endedAt == null ? grant.expiresAt() : null,
        endedAt);
  }

  private static ExportDocument.Practitioner copy(Profile profile) {
    return new ExportDocument.Practitioner(
        profile.displayName(),
        profile.work(),
        profile.row().languages(),
        profile.row().secretsPolicy().wireName(),
        profile.policyText(),
        profile.row().registeredAt());
  }

  /** What is the member's own; what a relationship has granted ends as the member leaves it. */
  @Override
  public List<Ending> endings(UUID memberId) {
    return List.of(
        Ending.own(
            () -> {
              selfGrantService.endAll(memberId);
              practice.end();
            }));
  }
}
