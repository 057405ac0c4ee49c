package org.stillpoint.pause;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.stillpoint.crypto.RandomSecret;

/**
 * A member's one tap.
 *
 * @param clientId the app whose login made it; null for a tap key, which needs no login
 * @param login when the person logged in to that app; null when that isn't known
 * @param id the tap's own id, under which a repetition finds its pause; null when it has none
 * @param rememberedSince how long a repetition of this id is one
 */
record Tap(
    UUID relationshipId,
    UUID memberId,
    @Nullable String clientId,
    @Nullable Instant login,
    @Nullable UUID id,
    Instant rememberedSince,
    PauseKind kind,
    Instant raisedAt,
    Instant receivedAt) {
  /** How old a tap may be that was made offline. */
  static final Duration OLDEST = Duration.ofDays(3);

  /** How long an idempotency key stands for the same tap; an app may use the same word for ever. */
  static final Duration KEY_REMEMBERED = Duration.ofDays(1);

  /**
   * The time of the tap as its phone told it, unless that can't be: then the phone's clock is
   * wrong, and the time of arrival is the best that is known. A tap is never refused for it (S1).
   */
  static Instant raisedAt(@Nullable Instant told, Instant received) {
    if (told == null || told.isAfter(received) || told.isBefore(received.minus(OLDEST))) {
      return received;
    }
    return told;
  }

  /** The tap's id that an idempotency key stands for: of version 8, RFC 9562. */
  static @Nullable UUID idOf(@Nullable String idempotencyKey, String place) {
    if (idempotencyKey == null) {
      return null;
    }
    ByteBuffer hash = ByteBuffer.wrap(RandomSecret.hash(place + "/" + idempotencyKey));
    long high = (hash.getLong() & ~0xf000L) | 0x8000L;
    long low = (hash.getLong() & ~(3L << 62)) | (2L << 62);
    return new UUID(high, low);
  }
}
