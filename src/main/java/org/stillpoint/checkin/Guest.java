package org.stillpoint.checkin;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.stillpoint.crypto.Place;
import org.stillpoint.crypto.SealedTable;
import org.stillpoint.crypto.SealedText;
import org.stillpoint.relationship.InvitationCode;
import org.stillpoint.relationship.Member;
import org.stillpoint.time.Ids;

/**
 * A guest of a check-in, as those who take part see one. Only the database changes it: it is
 * complete once all have said yes, and what has ended keeps no words.
 */
@Entity
@Table(name = "check_in_guest")
@IdClass(Guest.Key.class)
public class Guest {
  /** Where it is sealed who that is; it never changes. */
  public static final SealedTable SEALED =
      new SealedTable(
          "check_in_guest",
          List.of("relationship_id", "check_in_id", "id"),
          "proposer_id",
          null,
          List.of("label"));

  /** In which all have to say yes, and somebody has to come. */
  static final Duration LIFETIME = Duration.ofDays(7);

  /** Of one check-in at a time. */
  static final int MOST = 3;

  /**
   * Of one check-in by one member, those who have ended included: nobody is asked over and over.
   */
  static final int MOST_PROPOSED = 5;

  /** Keeps its codes apart from those that let members in. */
  static final String CODE = "guest-invitation";

  /** Begins with the relationship, like the key of all its rows. */
  public record Key(UUID relationshipId, UUID checkInId, UUID id) {}

  @Id
  @Column(updatable = false)
  private UUID relationshipId;

  @Id
  @Column(updatable = false)
  private UUID checkInId;

  @Id
  @Column(updatable = false)
  private UUID id;

  @Column(updatable = false)
  private UUID proposerId;

  @Enumerated(EnumType.STRING)
  @Column(updatable = false)
  private GuestRole role;

  @Column(updatable = false)
  private @Nullable SealedText label;

  @Column(updatable = false)
  private byte @Nullable [] codeHash;

  @Column(updatable = false)
  private @Nullable UUID grantId;

  @Column(updatable = false)
  private Instant proposedAt;

  @Column(updatable = false)
  private Instant expiresAt;

  @Column(insertable = false, updatable = false)
  private @Nullable Instant invitedAt;

  @Column(insertable = false, updatable = false)
  private @Nullable Instant acceptedAt;

  @Column(insertable = false, updatable = false)
  private @Nullable Instant endedAt;

  protected Guest() {}

  /** To come with a code. */
  static Guest propose(
      Member member, CheckIn checkIn, GuestRole role, InvitationCode code, Instant now) {
    Guest guest = propose(member, checkIn, role, now);
    guest.codeHash = code.hashFor(CODE);
    return guest;
  }

  /** The practitioner of a grant, who needs no code. */
  static Guest propose(Member member, CheckIn checkIn, GuestRole role, UUID grantId, Instant now) {
    Guest guest = propose(member, checkIn, role, now);
    guest.grantId = grantId;
    return guest;
  }

  private static Guest propose(Member member, CheckIn checkIn, GuestRole role, Instant now) {
    Guest guest = new Guest();
    guest.relationshipId = checkIn.relationshipId();
    guest.checkInId = checkIn.id();
    guest.id = Ids.next();
    guest.proposerId = member.memberId();
    guest.role = role;
    guest.proposedAt = now;
    guest.expiresAt = now.plus(LIFETIME);
    return guest;
  }

  UUID relationshipId() {
    return relationshipId;
  }

  UUID checkInId() {
    return checkInId;
  }

  UUID id() {
    return id;
  }

  UUID proposerId() {
    return proposerId;
  }

  GuestRole role() {
    return role;
  }

  @Nullable SealedText label() {
    return label;
  }

  void label(@Nullable SealedText sealed) {
    label = sealed;
  }

  /** Of the practitioner who is to come; null for whoever has the code. */
  @Nullable UUID grantId() {
    return grantId;
  }

  /** Until when the code works, unless somebody has come with it. */
  Instant expiresAt() {
    return expiresAt;
  }

  /** Whether all have said yes. */
  boolean isInvited() {
    return invitedAt != null;
  }

  boolean isPresent() {
    return acceptedAt != null;
  }

  /** Not ended by anybody, and not by time, which ends what nobody came of. */
  boolean isThere(Instant now) {
    return endedAt == null && (isPresent() || now.isBefore(expiresAt));
  }

  /** Where it stands, on the wire. */
  String state() {
    if (isPresent()) {
      return "present";
    }
    return isInvited() ? "invited" : "proposed";
  }

  Place place() {
    return SEALED.place("label", proposerId, 0, relationshipId, checkInId, id);
  }
}
