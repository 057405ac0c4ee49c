package org.stillpoint.device;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.inject.Singleton;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.stillpoint.delivery.Delivery;
import org.stillpoint.delivery.DeliveryChannel;
import org.stillpoint.delivery.Outcome;
import org.stillpoint.delivery.Parcel;
import org.stillpoint.delivery.Response;

/** Apple's push notification service. */
@Singleton
class ApnsChannel implements DeliveryChannel {
  static final String NAME = "apns";

  private final PushAccounts accounts;
  private final DeviceAddresses addresses;
  private final ObjectMapper json;
  private final Clock clock;

  ApnsChannel(PushAccounts accounts, DeviceAddresses addresses, ObjectMapper json, Clock clock) {
    this.accounts = accounts;
    this.addresses = addresses;
    this.json = json;
    this.clock = clock;
  }

  /**
   * All that Apple is told (S30).
   *
   * @param id the event's
   */
  private record Payload(Aps aps, UUID id) {}

  private record Aps(
      Alert alert, String sound, @JsonProperty("interruption-level") String interruptionLevel) {}

  private record Alert(String body) {}

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Optional<Parcel> parcel(Delivery delivery) {
    return addresses.of(delivery).flatMap(address -> parcel(delivery, address));
  }

  Optional<Parcel> parcel(Delivery delivery, DeviceAddress address) {
    return accounts
        .apns(address.clientId())
        .map(
            account -> {
              String text = delivery.notice().get();
              return new Parcel(
                  NAME,
                  delivery.event().recipient(),
                  delivery.targetId(),
                  delivery.event().id(),
                  to(account, address),
                  headers(account, delivery, address),
                  body(delivery, text),
                  Parcel.Trust.OPERATOR,
                  text,
                  delivery.isUrgent());
            });
  }

  /** The carrier finds the account by the app, which stands before the host. */
  private static URI to(ApnsAccount account, DeviceAddress address) {
    String path = "/3/device/" + Objects.requireNonNull(address.token());
    try {
      return new URI(
          ApnsCarrier.SCHEME, address.clientId(), account.host(), account.port(), path, null, null);
    } catch (URISyntaxException e) {
      // Without its message, which quotes the token.
      throw new IllegalStateException("A device of APNs can't be addressed");
    }
  }

  private Map<String, String> headers(
      ApnsAccount account, Delivery delivery, DeviceAddress address) {
    boolean urgent = delivery.isUrgent();
    Instant end = clock.instant().plus(PushNotices.kept(delivery));
    Map<String, String> headers = new HashMap<>();
    headers.put("apns-id", id(delivery).toString());
    headers.put("apns-topic", account.topic());
    headers.put("apns-push-type", "alert");
    headers.put("apns-priority", urgent ? "10" : "5");
    headers.put("apns-expiration", Long.toString(end.getEpochSecond()));
    if (PushNotices.replaces(delivery)) {
      byte[] token = Objects.requireNonNull(address.token()).getBytes(StandardCharsets.UTF_8);
      byte[] key = PushNotices.keyOf(delivery.event().resource().id(), token);
      headers.put("apns-collapse-id", Base64.getUrlEncoder().withoutPadding().encodeToString(key));
    }
    return Map.copyOf(headers);
  }

  /** The same when it comes again. */
  private static UUID id(Delivery delivery) {
    byte[] event = bytes(delivery.event().id());
    byte[] target = bytes(delivery.targetId());
    return UUID.nameUUIDFromBytes(ByteBuffer.allocate(32).put(event).put(target).array());
  }

  private static byte[] bytes(UUID id) {
    return ByteBuffer.allocate(16)
        .putLong(id.getMostSignificantBits())
        .putLong(id.getLeastSignificantBits())
        .array();
  }

  private byte[] body(Delivery delivery, String text) {
    String level = delivery.isUrgent() ? "time-sensitive" : "active";
    try {
      return json.writeValueAsBytes(
          new Payload(new Aps(new Alert(text), "default", level), delivery.event().id()));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A notice can't be written", e);
    }
  }

  @Override
  public Outcome outcome(Response response) {
    return Outcome.ofHttp(response.status());
  }

  @Override
  public void gone(Delivery delivery) {
    addresses.remove(delivery.event().recipient(), delivery.targetId());
  }
}
