package org.stillpoint.relationship;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.stillpoint.time.Ids;

/** What members share. It is closed when the last but one leaves; it never opens again. */
@Entity
public class Relationship {
  static final int MOST_MEMBERS = 12;
  static final int FEWEST_MEMBERS = 2;

  @Id private UUID id;

  @Column(updatable = false)
  private Instant createdAt;

  private @Nullable Instant closedAt;

  protected Relationship() {}

  static Relationship create(Instant now) {
    Relationship relationship = new Relationship();
    relationship.id = Ids.next();
    relationship.createdAt = now;
    return relationship;
  }

  public UUID id() {
    return id;
  }

  public Instant createdAt() {
    return createdAt;
  }

  boolean isClosed() {
    return closedAt != null;
  }

  void close(Instant now) {
    closedAt = now;
  }
}
