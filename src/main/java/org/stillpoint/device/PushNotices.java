package org.stillpoint.device;

import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.stillpoint.crypto.RandomSecret;
import org.stillpoint.delivery.Delivery;
import org.stillpoint.event.EventType;

/** What every push service is told alike. */
final class PushNotices {
  private static final Duration PAUSE = Duration.ofHours(1);
  private static final int KEY_BYTES = 16;
  private static final Duration OTHER = Duration.ofDays(1);

  /** What says all that there is to say of a pause by now. Of the others, each is for itself. */
  private static final Set<String> REPLACING =
      Stream.of(
              EventType.PAUSE_RAISED,
              EventType.PAUSE_STRENGTHENED,
              EventType.PAUSE_LIFTED,
              EventType.PAUSE_ENDED)
          .map(EventType::wireName)
          .collect(Collectors.toUnmodifiableSet());

  private PushNotices() {}

  /** For how long it is kept for a device that is away. */
  static Duration kept(Delivery delivery) {
    return delivery.isUrgent() ? PAUSE : OTHER;
  }

  /**
   * What stands for a pause at the push service of one device: no service can tell by it who is
   * told of the same.
   *
   * @param secret what belongs to the device alone
   */
  static byte[] keyOf(UUID pauseId, byte[] secret) {
    return Arrays.copyOf(RandomSecret.keyedHash(secret, pauseId.toString()), KEY_BYTES);
  }

  /** Whether it takes the place of earlier ones about the same pause. */
  static boolean replaces(Delivery delivery) {
    return REPLACING.contains(delivery.event().type());
  }
}
