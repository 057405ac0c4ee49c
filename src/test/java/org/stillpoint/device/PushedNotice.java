package org.stillpoint.device;

import java.time.Instant;
import java.util.UUID;
import org.stillpoint.delivery.Delivery;
import org.stillpoint.event.Announced;
import org.stillpoint.event.Event;

/** Deliveries, as the worker hands them to a channel. */
final class PushedNotice {
  static final String TEXT = "Running late – see you soon";
  static final String CLIENT = "our app@home/é";
  static final UUID DEVICE = UUID.randomUUID();

  private PushedNotice() {}

  static Delivery pause(String channel) {
    return of(channel, "pause.raised", true);
  }

  static Delivery of(String channel, String type, boolean urgent) {
    Announced event =
        new Announced(
            UUID.randomUUID(),
            1,
            UUID.randomUUID(),
            type,
            Instant.now(),
            UUID.randomUUID(),
            new Event.Resource("pause", UUID.randomUUID()));
    return to(DEVICE, event, channel, urgent);
  }

  static Delivery to(UUID device, Announced event, String channel, boolean urgent) {
    return new Delivery(event, channel, device, channel, urgent, 1, () -> TEXT, UUID.randomUUID());
  }

  static DeviceAddress address(String channel, String token) {
    return new DeviceAddress(CLIENT, channel, null, null, null, token);
  }
}
