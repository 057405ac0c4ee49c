package org.stillpoint.contact;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.util.List;
import java.util.UUID;

/** The channels that a member wants to be tried, the first of them first. */
@Entity
public class ChannelOrder {
  private static final List<String> OF_THE_PRODUCT = List.of("push", "sms", "email");
  private static final int FALLBACK_SECONDS = 60;

  @Id
  @Column(updatable = false)
  private UUID memberId;

  private List<String> channels;
  private int fallbackAfterSeconds;

  protected ChannelOrder() {}

  /** That of the product, which is everybody's until they set their own. */
  static ChannelOrder plan(UUID memberId) {
    ChannelOrder order = new ChannelOrder();
    order.memberId = memberId;
    order.set(OF_THE_PRODUCT, FALLBACK_SECONDS);
    return order;
  }

  final void set(List<String> wished, int fallbackAfter) {
    channels = List.copyOf(wished);
    fallbackAfterSeconds = fallbackAfter;
  }

  List<String> channels() {
    return List.copyOf(channels);
  }

  int fallbackAfterSeconds() {
    return fallbackAfterSeconds;
  }
}
