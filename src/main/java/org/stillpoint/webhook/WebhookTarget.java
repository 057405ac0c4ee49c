package org.stillpoint.webhook;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.stillpoint.crypto.RandomSecret;

/**
 * What is secret about an endpoint, stored sealed: where it is, and what signs for it.
 *
 * @param secrets the newest first; those that came before it sign beside it for a day
 */
record WebhookTarget(URI url, List<Secret> secrets) {
  static final Duration OLD_ONE_SIGNS = Duration.ofHours(24);
  private static final String PREFIX = "whsec_";
  private static final int BYTES = 32;

  /**
   * What signs.
   *
   * @param key in Base64
   * @param until null for the newest, which signs until it is rotated
   */
  record Secret(String key, @Nullable Instant until) {
    private static Secret create() {
      return new Secret(Base64.getEncoder().encodeToString(RandomSecret.bytes(BYTES)), null);
    }

    byte[] bytes() {
      return Base64.getDecoder().decode(key);
    }

    private boolean signs(Instant now) {
      return until == null || until.isAfter(now);
    }

    @Override
    public String toString() {
      return "a secret";
    }
  }

  static WebhookTarget create(URI url) {
    return new WebhookTarget(url, List.of(Secret.create()));
  }

  WebhookTarget movedTo(URI another) {
    return new WebhookTarget(another, secrets);
  }

  /** With a new secret; the one before it signs for a day more. */
  WebhookTarget rotated(Instant now) {
    Stream<Secret> before =
        signing(now).stream()
            .map(
                secret ->
                    secret.until() == null
                        ? new Secret(secret.key(), now.plus(OLD_ONE_SIGNS))
                        : secret);
    return new WebhookTarget(url, Stream.concat(Stream.of(Secret.create()), before).toList());
  }

  List<Secret> signing(Instant now) {
    return secrets.stream().filter(secret -> secret.signs(now)).toList();
  }

  /** The newest secret, as the app gets it once. */
  String shownSecret() {
    return PREFIX + secrets.getFirst().key();
  }

  /** Until when the one before the newest signs. */
  Instant previousUntil() {
    return Objects.requireNonNull(secrets.get(1).until());
  }

  @Override
  public String toString() {
    return "where a webhook goes";
  }
}
