package org.stillpoint.realtime;

import jakarta.inject.Singleton;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Tuple;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.stillpoint.privacy.spi.ExportDocument;
import org.stillpoint.privacy.spi.ExportDraft;
import org.stillpoint.privacy.spi.PersonalDataSource;

/** The events of a member's own feed. */
@Singleton
class FeedPersonalData implements PersonalDataSource {
  private final EntityManager entities;

  FeedPersonalData(EntityManager entities) {
    this.entities = entities;
  }

  @Override
  @SuppressWarnings("unchecked")
  public void export(UUID memberId, ExportDraft copy) {
    List<Tuple> rows =
        entities
            .createNativeQuery(
                "select id, type, occurred_at, relationship_id, resource_type, resource_id"
                    + " from event where member_id = :member order by sequence",
                Tuple.class)
            .setParameter("member", memberId)
            .getResultList();
    copy.add(
        rows.stream()
            .map(
                row ->
                    new ExportDocument.Event(
                        row.get("id", UUID.class),
                        row.get("type", String.class),
                        row.get("occurred_at", Instant.class),
                        row.get("relationship_id", UUID.class),
                        row.get("resource_type", String.class),
                        row.get("resource_id", UUID.class)))
            .toList());
  }
}
