package org.stillpoint.identity;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.stillpoint.crypto.SensitiveText;

/**
 * A member: a person, known by the token's issuer and subject, and what that person chose to say.
 */
@Entity
@Table(name = "member")
public class Profile {
  @Id private UUID id;

  @Column(updatable = false)
  private String issuer;

  @Column(updatable = false)
  private String subject;

  private @Nullable SensitiveText displayName;
  private @Nullable SensitiveText pronouns;
  private @Nullable String roleLabel;
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

  public @Nullable SensitiveText displayName() {
    return displayName;
  }

  public void displayName(@Nullable SensitiveText displayName) {
    this.displayName = displayName;
  }

  public @Nullable SensitiveText pronouns() {
    return pronouns;
  }

  public void pronouns(@Nullable SensitiveText pronouns) {
    this.pronouns = pronouns;
  }

  /** {@code top}, {@code bottom}, {@code switch} or nothing: a label, never a permission. */
  public @Nullable String roleLabel() {
    return roleLabel;
  }

  public void roleLabel(@Nullable String roleLabel) {
    this.roleLabel = roleLabel;
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
