package org.stillpoint.privacy;

import jakarta.inject.Singleton;
import jakarta.persistence.EntityManager;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.stillpoint.privacy.spi.ExportDocument;
import org.stillpoint.privacy.spi.ExportDraft;
import org.stillpoint.privacy.spi.PersonalDataSource;

/** What is kept here of a member: settings, and who has got at the member's data. */
@Singleton
class PrivacyPersonalData implements PersonalDataSource {
  private final EntityManager entities;

  PrivacyPersonalData(EntityManager entities) {
    this.entities = entities;
  }

  @Override
  public void export(UUID memberId, ExportDraft copy) {
    @Nullable Retention own = entities.find(Retention.class, memberId);
    Retention kept = own == null ? Retention.standard() : own;
    copy.add(
        List.of(
            new ExportDocument.Retention(
                kept.noticePayloadHours(),
                kept.invitationDays(),
                kept.accessLogDays(),
                kept.pauseEventDays(),
                kept.supersededVersionDays(),
                kept.checkInAnswerDays(),
                kept.reflectionDays())));
    copy.add(
        entities
            .createQuery(
                "from AccessEntry a where a.memberId = :member order by a.occurredAt, a.id",
                AccessEntry.class)
            .setParameter("member", memberId)
            .getResultStream()
            .map(
                row ->
                    new ExportDocument.Access(
                        row.occurredAt(),
                        row.kind(),
                        row.clientId(),
                        row.times(),
                        row.resourceId()))
            .toList());
  }
}
