package org.stillpoint.checkin;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * That somebody is a guest in a check-in now.
 *
 * @param id of the guest's place, the only one that the guest is told
 */
record GuestVisit(
    UUID id,
    UUID relationshipId,
    UUID checkInId,
    GuestRole role,
    Instant acceptedAt,
    Instant startsAt,
    boolean isOpen,
    @Nullable String templateId,
    @Nullable Integer templateVersion,
    List<UUID> participantIds) {
  GuestVisit {
    participantIds = List.copyOf(participantIds);
  }
}
