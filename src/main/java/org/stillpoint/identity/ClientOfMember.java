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

  /** Logins up to then are refused, and those of an unknown time; null while the app may act. */
  public @Nullable Instant cutOffAt() {
    return cutOffAt;
  }

  public void cutOff(Instant at) {
    cutOffAt = at;
  }

  public void readmit() {
    cutOffAt = null;
  }
}
