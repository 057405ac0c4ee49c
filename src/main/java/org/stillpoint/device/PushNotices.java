package org.stillpoint.device;

import java.time.Duration;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.stillpoint.delivery.Delivery;
import org.stillpoint.event.EventType;

/** What every push service is told alike. */
final class PushNotices {
  private static final Duration PAUSE = Duration.ofHours(1);
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

  /** Whether it takes the place of earlier ones about the same pause. */
  static boolean replaces(Delivery delivery) {
    return REPLACING.contains(delivery.event().type());
  }
}
