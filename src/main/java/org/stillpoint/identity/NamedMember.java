package org.stillpoint.identity;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.util.UUID;
import org.hibernate.annotations.Immutable;
import org.jspecify.annotations.Nullable;
import org.stillpoint.crypto.Place;
import org.stillpoint.crypto.SealedText;

/**
 * What somebody who is no partner is given of a member, by a function of the database: the name.
 */
@Entity
@Immutable
@Table(name = "member")
public class NamedMember {
  @Id
  @Column(name = "id")
  private UUID memberId;

  private @Nullable SealedText displayName;
  private long wordsVersion;

  protected NamedMember() {}

  public UUID memberId() {
    return memberId;
  }

  public @Nullable SealedText displayName() {
    return displayName;
  }

  public Place place() {
    return Profile.SEALED.place("display_name", memberId, wordsVersion, memberId);
  }
}
