package org.stillpoint.checkin;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.util.UUID;
import org.hibernate.annotations.Immutable;
import org.jspecify.annotations.Nullable;
import org.stillpoint.crypto.Place;
import org.stillpoint.crypto.SealedText;
import org.stillpoint.identity.Profile;

/** What the database gives a guest of somebody who takes part. */
@Entity
@Immutable
@Table(name = "member")
public class VisitedMember {
  @Id
  @Column(name = "id")
  private UUID memberId;

  private @Nullable SealedText displayName;
  private long wordsVersion;

  protected VisitedMember() {}

  UUID memberId() {
    return memberId;
  }

  @Nullable SealedText displayName() {
    return displayName;
  }

  Place place() {
    return Profile.SEALED.place("display_name", memberId, wordsVersion, memberId);
  }
}
