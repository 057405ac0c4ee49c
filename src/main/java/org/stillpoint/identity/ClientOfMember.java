package org.stillpoint.identity;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** An app that has acted for a member. */
@Entity
@Table(name = "member_client")
@IdClass(ClientOfMember.Key.class)
public class ClientOfMember {
  /** Begins with the member whose app it is. */
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
  private Instant firstUsedAt;

  private @Nullable Instant cutOffAt;
  private @Nullable Instant returnedAt;

  protected ClientOfMember() {}

  public UUID id() {
    return id;
  }

  public UUID memberId() {
    return memberId;
  }

  /** The token's {@code azp} or {@code client_id}. */
  public String clientId() {
    return clientId;
  }

  public Instant firstUsedAt() {
    return firstUsedAt;
  }

  /** Whether it is out: it was cut off, and hasn't come back by a new login. */
  public boolean isCutOff() {
    return cutOffAt != null && returnedAt == null;
  }

  /** Since when it is out; null while the app may act. */
  public @Nullable Instant cutOffAt() {
    return isCutOff() ? cutOffAt : null;
  }

  /** Logins up to then are refused from now on, and those of an unknown time. */
  public void cutOff(Instant at) {
    cutOffAt = at;
    returnedAt = null;
  }

  public void readmit() {
    cutOffAt = null;
    returnedAt = null;
  }
}
