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
import org.stillpoint.relationship.Member;
import org.stillpoint.time.Ids;

/**
 * A grant of a relationship. Only the database changes it, once all have said yes or one ends it.
 */
@Entity
@IdClass(SharedGrant.Key.class)
public class SharedGrant {
  /** In which all have to say yes to what was asked. */
  static final Duration ASKED_FOR = Duration.ofDays(14);

  /** That are listed in one relationship. */
  static final int MOST = 5;

  /**
   * That one member may ask for in one relationship in {@link #MONTH}, whatever becomes of them.
   */
  static final int MOST_ASKED = 3;

  static final Duration MONTH = Duration.ofDays(30);

  /** Begins with the relationship, like the key of all its rows. */
  public record Key(UUID relationshipId, UUID id) {}

  @Id
  @Column(updatable = false)
  private UUID relationshipId;

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

  @Column(updatable = false)
  private @Nullable UUID requestedBy;

  @Column(updatable = false)
  private Instant requestedAt;

  @Column(updatable = false)
  private Instant expiresAt;

  @Column(insertable = false, updatable = false)
  private @Nullable Instant beganAt;

  @Column(insertable = false, updatable = false)
  private @Nullable Instant completedAt;

  @Column(insertable = false, updatable = false)
  private @Nullable Instant endedAt;

  protected SharedGrant() {}

  static SharedGrant request(
      Member member, UUID practitionerId, String clientId, GrantTerms terms, Instant now) {
    SharedGrant grant = new SharedGrant();
    grant.relationshipId = member.relationshipId();
    grant.id = Ids.next();
    grant.practitionerId = practitionerId;
    grant.clientId = clientId;
    grant.scopes = terms.scopes();
    grant.lastsDays = terms.lastsDays();
    grant.requestedBy = member.memberId();
    grant.requestedAt = now;
    grant.expiresAt = now.plus(ASKED_FOR);
    return grant;
  }

  UUID relationshipId() {
    return relationshipId;
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

  /** Null once that member has left. */
  @Nullable UUID requestedBy() {
    return requestedBy;
  }

  Instant requestedAt() {
    return requestedAt;
  }

  /** Until when all have to say yes; once they have, until when it lasts. */
  Instant expiresAt() {
    return expiresAt;
  }

  boolean hasBegun() {
    return beganAt != null;
  }

  /** When all had said yes last; null before. */
  @Nullable Instant completedAt() {
    return completedAt;
  }

  /** From when on all can renew it. */
  Instant renewableFrom() {
    return GrantTerms.renewableFrom(expiresAt, lastsDays);
  }

  /** When it ended, by whomever or by time; null while it goes on. */
  @Nullable Instant endedAt(Instant now) {
    if (endedAt != null || now.isBefore(expiresAt)) {
      return endedAt;
    }
    return expiresAt;
  }
}
