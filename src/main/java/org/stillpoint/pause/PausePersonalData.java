package org.stillpoint.pause;

import jakarta.inject.Singleton;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Tuple;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.stillpoint.crypto.Texts;
import org.stillpoint.privacy.spi.ExportDocument;
import org.stillpoint.privacy.spi.ExportDraft;
import org.stillpoint.privacy.spi.PersonalDataSource;

/**
 * A member's pauses, words to others' pauses, times to return, and tap keys; also those of
 * relationships that the member has left.
 */
@Singleton
class PausePersonalData implements PersonalDataSource {
  private final EntityManager entities;
  private final Texts texts;

  PausePersonalData(EntityManager entities, Texts texts) {
    this.entities = entities;
    this.texts = texts;
  }

  @Override
  public void export(UUID memberId, ExportDraft copy) {
    Map<UUID, List<UUID>> taps = taps(memberId);
    copy.add(
        query("select p.* from own_pauses() p order by p.received_at, p.id").stream()
            .map(row -> pause(row, taps.getOrDefault(row.get("id", UUID.class), List.of())))
            .toList());
    copy.add(
        query("select a.* from own_acknowledgements() a order by a.acknowledged_at").stream()
            .map(
                row ->
                    new ExportDocument.Acknowledgement(
                        row.get("relationship_id", UUID.class),
                        row.get("pause_id", UUID.class),
                        row.get("acknowledged_at", Instant.class)))
            .toList());
    copy.add(offers(memberId));
    copy.add(
        entities
            .createQuery(
                "from TapKey k where k.memberId = :member order by k.createdAt, k.id", TapKey.class)
            .setParameter("member", memberId)
            .getResultStream()
            .map(this::tapKey)
            .toList());
  }

  @SuppressWarnings("unchecked")
  private List<Tuple> query(String sql) {
    return entities.createNativeQuery(sql, Tuple.class).getResultList();
  }

  @SuppressWarnings("unchecked")
  private List<Tuple> query(String sql, UUID memberId) {
    return entities
        .createNativeQuery(sql, Tuple.class)
        .setParameter("member", memberId)
        .getResultList();
  }

  private static ExportDocument.Pause pause(Tuple row, List<UUID> tapIds) {
    Pause pause =
        Pause.told(
            row.get("relationship_id", UUID.class),
            row.get("id", UUID.class),
            row.get("raiser_id", UUID.class),
            PauseKind.of(row.get("kind", Short.class)),
            row.get("raised_at", Instant.class),
            row.get("received_at", Instant.class),
            row.get("ended_at", Instant.class),
            row.get("end_reason", String.class));
    return new ExportDocument.Pause(
        pause.relationshipId(),
        pause.id(),
        pause.kind().wireName(),
        pause.state(),
        pause.raisedAt(),
        pause.receivedAt(),
        pause.endedAt(),
        row.get("taps", Integer.class),
        tapIds);
  }

  /** The taps that found a pause there, by that pause. */
  private Map<UUID, List<UUID>> taps(UUID memberId) {
    return query(
            "select pause_id, tap_id from pause_tap where raiser_id = :member order by tap_id",
            memberId)
        .stream()
        .collect(
            Collectors.groupingBy(
                row -> row.get("pause_id", UUID.class),
                Collectors.mapping(row -> row.get("tap_id", UUID.class), Collectors.toList())));
  }

  private List<ExportDocument.ReturnOffer> offers(UUID memberId) {
    record Key(UUID relationshipId, UUID pauseId, Instant offeredAt) {}

    Map<Key, List<ExportDocument.Window>> offers = new HashMap<>();
    query(
            "select relationship_id, pause_id, offered_at, lower(w) as starts_at,"
                + " upper(w) as ends_at from return_offer cross join unnest(windows) as w"
                + " where member_id = :member order by 3, 4",
            memberId)
        .forEach(
            row ->
                offers
                    .computeIfAbsent(
                        new Key(
                            row.get("relationship_id", UUID.class),
                            row.get("pause_id", UUID.class),
                            row.get("offered_at", Instant.class)),
                        key -> new java.util.ArrayList<>())
                    .add(
                        new ExportDocument.Window(
                            row.get("starts_at", Instant.class),
                            row.get("ends_at", Instant.class))));
    return offers.entrySet().stream()
        .map(
            offer ->
                new ExportDocument.ReturnOffer(
                    offer.getKey().relationshipId(),
                    offer.getKey().pauseId(),
                    offer.getKey().offeredAt(),
                    offer.getValue()))
        .toList();
  }

  private ExportDocument.TapKey tapKey(TapKey key) {
    return new ExportDocument.TapKey(
        key.relationshipId(),
        key.id(),
        texts.open(key.label(), key.place()),
        key.kind().wireName(),
        key.clientId(),
        key.createdAt(),
        key.revokedAt());
  }
}
