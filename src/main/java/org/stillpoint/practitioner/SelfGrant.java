package org.stillpoint.practitioner;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.stillpoint.relationship.GrantScope;
import org.stillpoint.time.Ids;

/** A grant of one member's own things, of which nobody else learns (S28). */
@Entity
@IdClass(SelfGrant.Key.class)
public class SelfGrant {
  /** Of one member at a time. */
  static final int MOST = 10;

  /** Begins with the member whose it is. */
  public record Key(UUID memberId, UUID id) {}

  @Id
  @Column(updatable = false)
  private UUID memberId;

  @Id
  @Column(updatable = false)
  private UUID id;

  @Column(updatable = false)
  private UUID practitionerId;

  @Column(updatable = false)
  private String clientId;

  @Enumerated(EnumType.STRING)
  @Column(updatable = false)
  private List<GrantScope> scopes;

  @Column(updatable = false)
  private short lastsDays;

  private UUID edition;

  @Column(updatable = false)
  private Instant beganAt;

  private Instant expiresAt;

  @Column(insertable = false, updatable = false)
  private @Nullable Instant endedAt;

  protected SelfGrant() {}

  static SelfGrant make(UUID memberId, UUID practitionerId, String clientId, GrantTerms terms) {
    SelfGrant grant = new SelfGrant();
    grant.memberId = memberId;
    grant.id = Ids.next();
    grant.practitionerId = practitionerId;
    grant.clientId = clientId;
    grant.scopes = terms.scopes();
    grant.lastsDays = terms.lastsDays();
    return grant;
  }

  /** For as long as it lasts, to this edition of the practitioner. */
  SelfGrant agree(UUID toEdition, Instant now) {
    if (beganAt == null) {
      beganAt = now;
    }
    edition = toEdition;
    expiresAt = now.plus(Duration.ofDays(lastsDays));
    return this;
  }

  UUID id() {
    return id;
  }

  UUID practitionerId() {
    return practitionerId;
  }

  String clientId() {
    return clientId;
  }

  List<GrantScope> scopes() {
    return scopes;
  }

  short lastsDays() {
    return lastsDays;
  }

  /** Of the practitioner, to which the member has agreed. */
  UUID edition() {
    return edition;
  }

  Instant beganAt() {
    return beganAt;
  }

  Instant expiresAt() {
    return expiresAt;
  }

  boolean isOver(Instant now) {
    return endedAt(now) != null;
  }

  /** When it ended, by whomever or by time; null while it goes on. */
  @Nullable Instant endedAt(Instant now) {
    if (endedAt != null || now.isBefore(expiresAt)) {
      return endedAt;
    }
    return expiresAt;
  }
}
