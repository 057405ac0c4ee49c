package org.stillpoint.privacy;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** That an app has got at its member's data. Rows are made and counted up by {@link AccessLog}. */
@Entity
@Table(name = "access_log")
@IdClass(AccessEntry.Key.class)
public class AccessEntry {
  /** Begins with the member whose data it was. */
  public record Key(UUID memberId, Instant occurredAt, UUID id) {}

  @Id
  @Column(updatable = false)
  private UUID memberId;

  @Id
  @Column(updatable = false)
  private Instant occurredAt;

  @Id
  @Column(updatable = false)
  private UUID id;

  @Column(updatable = false)
  private String kind;

  @Column(updatable = false)
  private String clientId;

  @Column(updatable = false)
  private int times;

  @Column(updatable = false)
  private @Nullable UUID resourceId;

  protected AccessEntry() {}

  UUID memberId() {
    return memberId;
  }

  Instant occurredAt() {
    return occurredAt;
  }

  UUID id() {
    return id;
  }

  String kind() {
    return kind;
  }

  String clientId() {
    return clientId;
  }

  int times() {
    return times;
  }

  @Nullable UUID resourceId() {
    return resourceId;
  }
}
