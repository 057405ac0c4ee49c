package org.stillpoint.device;

import io.quarkus.arc.All;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.stillpoint.api.paging.Cursor;
import org.stillpoint.api.problem.HttpProblem;
import org.stillpoint.crypto.KeyedHash;
import org.stillpoint.delivery.DeliveryChannel;
import org.stillpoint.delivery.DeliveryTargets;
import org.stillpoint.delivery.SandboxPhones;
import org.stillpoint.event.Outbox;
import org.stillpoint.identity.ClientCutOff;

/** Registers and removes the devices of a member. */
@Singleton
@Transactional(TxType.MANDATORY)
class DeviceService {
  /** The push services of browsers. */
  private static final List<String> WELL_KNOWN =
      List.of(
          "fcm.googleapis.com",
          "push.services.mozilla.com",
          "notify.windows.com",
          "push.apple.com",
          "ntfy.sh");

  static final int MOST_DEVICES = 20;

  private final DeviceRepository devices;
  private final DeviceAddresses addresses;
  private final List<PushCredentials> credentials;
  private final DeliveryTargets targets;
  private final KeyedHash hash;
  private final Outbox outbox;
  private final Clock clock;
  private final boolean sandbox;
  private final List<String> known;

  DeviceService(
      DeviceRepository devices,
      DeviceAddresses addresses,
      @All List<PushCredentials> credentials,
      DeliveryTargets targets,
      KeyedHash hash,
      Outbox outbox,
      Clock clock,
      SandboxPhones phones,
      VapidConfig config) {
    this.devices = devices;
    this.addresses = addresses;
    this.credentials = credentials;
    this.targets = targets;
    this.hash = hash;
    this.outbox = outbox;
    this.clock = clock;
    this.sandbox = phones.areOn();
    this.known =
        Stream.concat(WELL_KNOWN.stream(), config.hosts().stream().flatMap(List::stream))
            .map(host -> host.toLowerCase(Locale.ROOT))
            .toList();
  }

  /** The same address is the same device, of the app that has registered it last. */
  Device register(UUID memberId, DeviceAddress address) {
    if (!sandbox && credentials.stream().noneMatch(each -> reaches(each, address))) {
      throw DeviceProblem.PUSH_NOT_SET_UP.exception();
    }
    devices.lock(memberId);
    byte[] addressHash = hash.of("device", address.channel() + "\n" + place(address));
    Optional<Device> known = devices.withAddress(memberId, addressHash);
    if (known.isEmpty() && devices.count("memberId", memberId) >= MOST_DEVICES) {
      throw DeviceProblem.TOO_MANY_DEVICES.exception();
    }
    Device device =
        known.orElseGet(
            () -> Device.create(memberId, address.channel(), addressHash, clock.instant()));
    device.registered(
        address.clientId(), carrier(address), addresses.seal(address, device.place()));
    devices.persist(device);
    targets.changed();
    return device;
  }

  private static boolean reaches(PushCredentials credentials, DeviceAddress address) {
    return credentials.has(address.channel(), address.clientId());
  }

  private static String place(DeviceAddress address) {
    return address.endpoint() == null ? "" + address.token() : address.endpoint();
  }

  /** Who would be slow for all of its devices. */
  private String carrier(DeviceAddress address) {
    if (address.endpoint() == null) {
      return address.channel() + ":" + address.clientId();
    }
    String host = URI.create(address.endpoint()).getHost().toLowerCase(Locale.ROOT);
    return known.stream()
        .filter(service -> host.equals(service) || host.endsWith("." + service))
        .findFirst()
        .map(service -> address.channel() + ":" + service)
        .orElse(DeliveryChannel.SHARED_CARRIER);
  }

  List<Device> list(UUID memberId, Cursor.@Nullable ByTime after, int limit) {
    return devices.of(memberId, after, limit);
  }

  Device get(UUID memberId, UUID id) {
    return devices
        .findByIdOptional(new Device.Key(memberId, id))
        .orElseThrow(HttpProblem.NOT_FOUND::exception);
  }

  /** Removes a device of one's own: it is told nothing more, not even what waits for it. */
  void remove(UUID memberId, UUID id) {
    if (!devices.remove(memberId, id)) {
      throw HttpProblem.NOT_FOUND.exception();
    }
    targets.changed();
  }

  void onClientCutOff(@Observes ClientCutOff cutOff) {
    for (UUID id : devices.ofClient(cutOff.memberId(), cutOff.clientId())) {
      devices.remove(cutOff.memberId(), id);
    }
    outbox.afterwards(targets::changed);
  }
}
