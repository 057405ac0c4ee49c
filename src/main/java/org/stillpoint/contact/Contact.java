package org.stillpoint.contact;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.stillpoint.crypto.Place;
import org.stillpoint.crypto.SealedTable;
import org.stillpoint.crypto.SealedText;
import org.stillpoint.time.Ids;

/**
 * Where a member is reached without an app. It counts once the code that was sent there came back.
 */
@Entity
@IdClass(Contact.Key.class)
public class Contact {
  /** Where its address is sealed, and the code that is to come back. */
  public static final SealedTable SEALED =
      new SealedTable(
          "contact", List.of("member_id", "id"), "member_id", null, List.of("address", "code"));

  static final Duration CODE_LIFETIME = Duration.ofMinutes(15);

  private static final int MOST_WRONG_CODES = 5;

  /** Begins with the member whose it is. */
  public record Key(UUID memberId, UUID id) {}

  @Id
  @Column(updatable = false)
  private UUID memberId;

  @Id
  @Column(updatable = false)
  private UUID id;

  @Column(updatable = false)
  private String channel;

  @Column(updatable = false)
  private SealedText address;

  @Column(updatable = false)
  private byte[] addressHash;

  private boolean pausesOnly;
  private @Nullable SealedText code;
  private @Nullable Instant codeExpiresAt;
  private short wrongCodes;

  @Column(updatable = false)
  private Instant createdAt;

  private @Nullable Instant confirmedAt;

  protected Contact() {}

  static Contact plan(UUID memberId, Medium medium, byte[] addressHash, Instant now) {
    Contact contact = new Contact();
    contact.memberId = memberId;
    contact.id = Ids.next();
    contact.channel = medium.wireName();
    contact.addressHash = addressHash;
    contact.pausesOnly = medium == Medium.SMS;
    contact.createdAt = now;
    return contact;
  }

  void address(SealedText sealed) {
    address = sealed;
  }

  UUID memberId() {
    return memberId;
  }

  UUID id() {
    return id;
  }

  Medium medium() {
    return Medium.of(channel);
  }

  SealedText address() {
    return address;
  }

  boolean pausesOnly() {
    return pausesOnly;
  }

  void pausesOnly(boolean only) {
    pausesOnly = only;
  }

  Instant createdAt() {
    return createdAt;
  }

  boolean isConfirmed() {
    return confirmedAt != null;
  }

  /** The code that is to come back; null when none can, or can any more. */
  @Nullable SealedText code(Instant now) {
    return codeExpiresAt != null && now.isBefore(codeExpiresAt) ? code : null;
  }

  /** In the place of the code before. */
  void give(SealedText sealedCode, Instant now) {
    code = sealedCode;
    codeExpiresAt = now.plus(CODE_LIFETIME);
    wrongCodes = 0;
  }

  /** Another code came back. */
  void countWrongCode() {
    wrongCodes++;
    if (wrongCodes >= MOST_WRONG_CODES) {
      dropCode();
    }
  }

  void confirm(Instant now) {
    confirmedAt = now;
    dropCode();
  }

  private void dropCode() {
    code = null;
    codeExpiresAt = null;
    wrongCodes = 0;
  }

  Place place(String column) {
    return SEALED.place(column, memberId, 0, memberId, id);
  }
}
