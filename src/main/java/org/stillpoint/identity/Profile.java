package org.stillpoint.identity;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.stillpoint.crypto.Place;
import org.stillpoint.crypto.SealedTable;
import org.stillpoint.crypto.SealedText;

/**
 * A member: a person, known by the token's issuer and subject, and what that person chose to say.
 */
@Entity
@Table(name = "member")
public class Profile {
  /** Where what the member says of themself is sealed, all of it anew with each change. */
  public static final SealedTable SEALED =
      new SealedTable(
          "member",
          List.of("id"),
          "id",
          "words_version",
          List.of("display_name", "pronouns", "role_label"));

  @Id private UUID id;

  @Column(updatable = false)
  private String issuer;

  @Column(updatable = false)
  private String subject;

  private @Nullable SealedText displayName;
  private @Nullable SealedText pronouns;
  private @Nullable SealedText roleLabel;
  private long wordsVersion;
  private String locale;
  private String timeZone;
  private @Nullable Instant adultAttestedAt;
  private @Nullable String consentVersion;
  private @Nullable Instant consentedAt;

  @Column(updatable = false)
  private Instant createdAt;

  @Version private long version;

  protected Profile() {}

  public UUID id() {
    return id;
  }

  @Nullable SealedText displayName() {
    return displayName;
  }

  void displayName(@Nullable SealedText sealed) {
    displayName = sealed;
  }

  @Nullable SealedText pronouns() {
    return pronouns;
  }

  void pronouns(@Nullable SealedText sealed) {
    pronouns = sealed;
  }

  @Nullable SealedText roleLabel() {
    return roleLabel;
  }

  void roleLabel(@Nullable SealedText sealed) {
    roleLabel = sealed;
  }

  /** What is sealed from now on can't be exchanged for what was sealed before. */
  void renewWords() {
    wordsVersion++;
  }

  Place place(String column) {
    return SEALED.place(column, id, wordsVersion, id);
  }

  public Locale locale() {
    return Locale.forLanguageTag(locale);
  }

  public void locale(Locale locale) {
    this.locale = locale.toLanguageTag();
  }

  public ZoneId timeZone() {
    return ZoneId.of(timeZone);
  }

  public void timeZone(ZoneId timeZone) {
    this.timeZone = timeZone.getId();
  }

  /** When the person attested to being an adult (S36); null until then. */
  public @Nullable Instant adultAttestedAt() {
    return adultAttestedAt;
  }

  /** Keeps the first attestation. */
  public void attestAdult(Instant now) {
    if (adultAttestedAt == null) {
      adultAttestedAt = now;
    }
  }

  /** The version of the app's terms that the member consents to; null without consent. */
  public @Nullable String consentVersion() {
    return consentVersion;
  }

  public @Nullable Instant consentedAt() {
    return consentedAt;
  }

  public void consent(String toVersion, Instant now) {
    if (!toVersion.equals(consentVersion)) {
      consentVersion = toVersion;
      consentedAt = now;
    }
  }

  public void withdrawConsent() {
    consentVersion = null;
    consentedAt = null;
  }

  /** Grows with each change; the ETag. */
  public long version() {
    return version;
  }
}
