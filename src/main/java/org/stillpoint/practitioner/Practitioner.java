package org.stillpoint.practitioner;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.stillpoint.crypto.Place;
import org.stillpoint.crypto.SealedTable;
import org.stillpoint.crypto.SealedText;
import org.stillpoint.relationship.InvitationCode;

/** What somebody says of themself as a practitioner. */
@Entity
public class Practitioner {
  /** Where it is sealed, all of it anew with each edition. */
  public static final SealedTable SEALED =
      new SealedTable(
          "practitioner",
          List.of("member_id", "edition"),
          "member_id",
          null,
          List.of("display_name", "work", "policy_text"));

  /** How long a code leads here. */
  static final Duration CODE_LIFETIME = Duration.ofDays(7);

  /** Keeps its codes apart from those that let members and guests in. */
  static final String CODE = "practitioner";

  @Id
  @Column(updatable = false)
  private UUID memberId;

  private UUID edition;
  private SealedText displayName;
  private SealedText work;
  private SealedText policyText;

  @Enumerated(EnumType.STRING)
  private SecretsPolicy secretsPolicy;

  private List<String> languages;

  @Column(updatable = false)
  private Instant registeredAt;

  @Column(insertable = false)
  private byte @Nullable [] codeHash;

  @Column(insertable = false)
  private @Nullable String codeClientId;

  @Column(insertable = false)
  private @Nullable Instant codeExpiresAt;

  @Column(insertable = false, updatable = false)
  private @Nullable UUID verifiedEdition;

  protected Practitioner() {}

  static Practitioner register(UUID memberId, Instant now) {
    Practitioner practitioner = new Practitioner();
    practitioner.memberId = memberId;
    practitioner.registeredAt = now;
    return practitioner;
  }

  UUID memberId() {
    return memberId;
  }

  /** New with each change but that of the languages: what members say yes to. */
  UUID edition() {
    return edition;
  }

  SealedText displayName() {
    return displayName;
  }

  SealedText work() {
    return work;
  }

  SealedText policyText() {
    return policyText;
  }

  SecretsPolicy secretsPolicy() {
    return secretsPolicy;
  }

  List<String> languages() {
    return languages;
  }

  Instant registeredAt() {
    return registeredAt;
  }

  /** The app that made the code, and through which what is granted by it is read. */
  @Nullable String codeClientId() {
    return codeClientId;
  }

  /** Whether the operator has verified what is said here now. */
  boolean isVerified() {
    return edition.equals(verifiedEdition);
  }

  void speak(List<String> spoken) {
    languages = List.copyOf(spoken);
  }

  /** From here on all is to be said anew. */
  void begin(UUID newEdition) {
    edition = newEdition;
  }

  void say(SealedText name, SealedText kindOfWork, SecretsPolicy policy, SealedText itsText) {
    displayName = name;
    work = kindOfWork;
    secretsPolicy = policy;
    policyText = itsText;
  }

  /** In the place of the code before. */
  void give(InvitationCode code, String clientId, Instant until) {
    codeHash = code.hashFor(CODE);
    codeClientId = clientId;
    codeExpiresAt = until;
  }

  Place place(String column) {
    return SEALED.place(column, memberId, 0, memberId, edition);
  }
}
