package org.stillpoint.delivery;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One way in which notices, or events, leave: it knows how to write to a kind of target, and what
 * an answer of its carrier means. A channel is a bean.
 */
public interface DeliveryChannel {
  /** The name of the one whose targets are an app's servers, not phones. */
  String WEBHOOK = "webhook";

  /**
   * The carrier of all targets that anybody may have: who runs a push service of their own shares a
   * bound with all who do, for it costs nothing to name many.
   */
  String SHARED_CARRIER = "webPush:other";

  /** Goes on with what wasn't answered in time there. */
  String SLOW_CARRIER = "webPush:slow";

  /** The stable name, stored with each delivery. */
  String name();

  /**
   * What is to be sent; empty when the target isn't there any more. It may be asked twice, after a
   * crash or a failure.
   */
  Optional<Parcel> parcel(Delivery delivery);

  /** What the carrier's answer means. */
  Outcome outcome(Response response);

  /** The carrier says that the target is no more: nothing is to be queued for it again. */
  void gone(Delivery delivery);

  /** How an attempt ended, for channels that tell somebody; null when there was no answer. */
  default void attempted(Delivery delivery, @Nullable Response response, Outcome outcome) {}

  /**
   * For how long to wait after so many attempts; empty to give up. The answer's own wish, if it has
   * one, comes first.
   */
  default Optional<Duration> waitAfter(Delivery delivery, DeliveryConfig config) {
    return config.waitAfter(delivery.attempts(), delivery.isUrgent());
  }
}
