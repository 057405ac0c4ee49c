package org.stillpoint.checkin;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.stillpoint.crypto.Place;
import org.stillpoint.crypto.SealedTable;
import org.stillpoint.crypto.SealedText;
import org.stillpoint.time.Ids;

/**
 * An address at which a calendar program reads when its owner's check-ins are, without a login. One
 * that is revoked is gone.
 */
@Entity
@IdClass(CalendarFeed.Key.class)
public class CalendarFeed {
  /** Where its owner's name for it is sealed. */
  public static final SealedTable SEALED =
      new SealedTable(
          "calendar_feed", List.of("member_id", "id"), "member_id", null, List.of("label"));

  /** Begins with the member whose it is. */
  public record Key(UUID memberId, UUID id) {}

  @Id
  @Column(updatable = false)
  private UUID memberId;

  @Id
  @Column(updatable = false)
  private UUID id;

  @Column(updatable = false)
  private String clientId;

  @Column(updatable = false)
  private @Nullable SealedText label;

  @Column(updatable = false)
  private byte[] secretHash;

  @Column(updatable = false)
  private Instant createdAt;

  protected CalendarFeed() {}

  static CalendarFeed create(UUID memberId, String clientId, byte[] secretHash, Instant now) {
    CalendarFeed feed = new CalendarFeed();
    feed.memberId = memberId;
    feed.id = Ids.next();
    feed.clientId = clientId;
    feed.secretHash = secretHash;
    feed.createdAt = now;
    return feed;
  }

  UUID id() {
    return id;
  }

  String clientId() {
    return clientId;
  }

  @Nullable SealedText label() {
    return label;
  }

  void label(@Nullable SealedText sealed) {
    label = sealed;
  }

  Instant createdAt() {
    return createdAt;
  }

  Place place() {
    return SEALED.place("label", memberId, 0, memberId, id);
  }
}
