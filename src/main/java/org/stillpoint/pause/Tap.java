package org.stillpoint.pause;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.stillpoint.crypto.RandomSecret;
import org.stillpoint.identity.Login;
import org.stillpoint.pause.PauseViews.RaiseRequest;
import org.stillpoint.pause.TapKeyService.Recognised;

/**
 * A member's one tap.
 *
 * @param clientId the app whose login made it; null for a tap key, which needs no login
 * @param login when the person logged in to that app; null when that isn't known
 * @param name under which a repetition finds its pause
 */
record Tap(
    UUID relationshipId,
    UUID memberId,
    @Nullable String clientId,
    @Nullable Instant login,
    Name name,
    PauseKind kind,
    Instant raisedAt,
    Instant receivedAt) {
  /** How old a tap may be that was made offline. */
  private static final Duration OLDEST = Duration.ofDays(3);

  /** How long an idempotency key stands for the same tap; an app may use the same word for ever. */
  private static final Duration KEY_REMEMBERED = Duration.ofDays(1);

  /**
   * By what a repetition of a tap is known.
   *
   * @param id null when the tap has none: then each is a tap of its own
   * @param rememberedSince how long a repetition of this id is one
   */
  record Name(@Nullable UUID id, Instant rememberedSince) {
    /** Made by the phone, for good. */
    static Name of(UUID id) {
      return new Name(id, Instant.EPOCH);
    }

    /** From an idempotency key, at the place where it is unique: an id of version 8, RFC 9562. */
    static Name of(@Nullable String idempotencyKey, String place, Instant now) {
      Instant since = now.minus(KEY_REMEMBERED);
      if (idempotencyKey == null) {
        return new Name(null, since);
      }
      ByteBuffer hash = ByteBuffer.wrap(RandomSecret.hash(place + "/" + idempotencyKey));
      long high = (hash.getLong() & ~0xf000L) | 0x8000L;
      long low = (hash.getLong() & ~(3L << 62)) | (2L << 62);
      return new Name(new UUID(high, low), since);
    }
  }

  /** A tap of a member's login. */
  static Tap of(
      UUID relationshipId,
      UUID memberId,
      Login login,
      Name name,
      RaiseRequest request,
      Instant now) {
    return new Tap(
        relationshipId,
        memberId,
        login.clientId(),
        login.at(),
        name,
        request.kindOr(PauseKind.PAUSE),
        raisedAt(request.raisedAt(), now),
        now);
  }

  /** A tap with a tap key. */
  static Tap of(Recognised key, Name name, RaiseRequest request, Instant now) {
    return new Tap(
        key.relationshipId(),
        key.memberId(),
        null,
        null,
        name,
        request.kindOr(key.kind()),
        raisedAt(request.raisedAt(), now),
        now);
  }

  /**
   * The time of the tap as its phone told it, unless that can't be: then the phone's clock is
   * wrong, and the time of arrival is the best that is known. A tap is never refused for it (S1).
   */
  private static Instant raisedAt(@Nullable Instant told, Instant received) {
    if (told == null || told.isAfter(received) || told.isBefore(received.minus(OLDEST))) {
      return received;
    }
    return told;
  }
}
