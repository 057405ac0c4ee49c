package org.stillpoint.checkin;

import jakarta.inject.Singleton;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.stillpoint.crypto.SensitiveText;
import org.stillpoint.crypto.Texts;
import org.stillpoint.privacy.spi.Ending;
import org.stillpoint.privacy.spi.ExportDocument;
import org.stillpoint.privacy.spi.ExportDraft;
import org.stillpoint.privacy.spi.PersonalDataSource;

/** Whom a member has proposed or wanted as a guest, and where the member is one now. */
@Singleton
class GuestPersonalData implements PersonalDataSource {
  private final GuestRepository guests;
  private final GuestVisits visits;
  private final Texts texts;

  GuestPersonalData(GuestRepository guests, GuestVisits visits, Texts texts) {
    this.guests = guests;
    this.visits = visits;
    this.texts = texts;
  }

  @Override
  public void export(UUID memberId, ExportDraft copy) {
    Set<UUID> assents = guests.assentsOf(memberId, null);
    copy.add(
        guests.list("endedAt is null order by proposedAt, id").stream()
            .filter(guest -> isOwn(guest, memberId) || assents.contains(guest.id()))
            .map(guest -> copy(guest, memberId, assents.contains(guest.id())))
            .toList());
    copy.add(
        all().stream()
            .map(
                visit ->
                    new ExportDocument.GuestCheckIn(
                        visit.id(), visit.role().wireName(), visit.acceptedAt(), visit.startsAt()))
            .toList());
  }

  private static boolean isOwn(Guest guest, UUID memberId) {
    return guest.proposerId().equals(memberId);
  }

  private ExportDocument.CheckInGuest copy(Guest guest, UUID memberId, boolean assented) {
    @Nullable SensitiveText label =
        isOwn(guest, memberId) ? texts.open(guest.label(), guest.place()) : null;
    return new ExportDocument.CheckInGuest(
        guest.relationshipId(),
        guest.checkInId(),
        guest.id(),
        guest.role().wireName(),
        label,
        assented);
  }

  private List<GuestVisit> all() {
    return visits.list(null, Integer.MAX_VALUE);
  }

  /** Goes from everywhere, as one goes by hand. */
  @Override
  public List<Ending> endings(UUID memberId) {
    return all().stream()
        .map(
            visit ->
                Ending.within(
                    visit.relationshipId(), visit.checkInId(), () -> visits.leave(visit.id())))
        .toList();
  }
}
