package org.stillpoint.device;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.stillpoint.crypto.Place;
import org.stillpoint.crypto.SealedText;
import org.stillpoint.crypto.Texts;
import org.stillpoint.delivery.Delivery;
import org.stillpoint.delivery.DeliveryTargets;
import org.stillpoint.transaction.MemberTransactions;

/** Opens the addresses of devices for the channels that send there. */
@Singleton
class DeviceAddresses {
  private final DeviceRepository devices;
  private final DeliveryTargets targets;
  private final MemberTransactions transactions;
  private final Texts texts;
  private final ObjectMapper json;

  DeviceAddresses(
      DeviceRepository devices,
      DeliveryTargets targets,
      MemberTransactions transactions,
      Texts texts,
      ObjectMapper json) {
    this.devices = devices;
    this.targets = targets;
    this.transactions = transactions;
    this.texts = texts;
    this.json = json;
  }

  /** What of an address is sealed. */
  private record Sealed(
      @Nullable String endpoint,
      @Nullable String p256dh,
      @Nullable String auth,
      @Nullable String token) {}

  /** Empty when there is no such device any more. In a transaction of its own. */
  Optional<DeviceAddress> of(Delivery delivery) {
    Device.Key key = new Device.Key(delivery.event().recipient(), delivery.targetId());
    return transactions.call(
        key.memberId(), delivery.isUrgent(), () -> devices.findByIdOptional(key).map(this::open));
  }

  /** Removes what its push service doesn't know any more. In a transaction of its own. */
  void remove(UUID memberId, UUID deviceId) {
    transactions.call(
        memberId,
        () -> {
          boolean removed = devices.remove(memberId, deviceId);
          targets.changed();
          return removed;
        });
  }

  SealedText seal(DeviceAddress address, Place place) {
    Sealed parts =
        new Sealed(address.endpoint(), address.p256dh(), address.auth(), address.token());
    try {
      return texts.sealPadded(json.writeValueAsBytes(parts), place);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("An address can't be written", e);
    }
  }

  private DeviceAddress open(Device device) {
    try {
      Sealed parts =
          json.readValue(texts.openPadded(device.address(), device.place()), Sealed.class);
      return new DeviceAddress(
          device.clientId(),
          device.channel(),
          parts.endpoint(),
          parts.p256dh(),
          parts.auth(),
          parts.token());
    } catch (IOException e) {
      throw new UncheckedIOException("An address can't be read", e);
    }
  }
}
