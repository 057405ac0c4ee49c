package org.stillpoint.device;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.inject.Singleton;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.stillpoint.delivery.Delivery;
import org.stillpoint.delivery.DeliveryChannel;
import org.stillpoint.delivery.Outcome;
import org.stillpoint.delivery.Parcel;
import org.stillpoint.delivery.Response;

/**
 * Tells a browser through its push service (RFC 8030), which learns how urgent it is, for how long
 * it is worth keeping, and nothing of what it says (S30).
 */
@Singleton
class WebPushChannel implements DeliveryChannel {
  static final String NAME = "webPush";

  /** The texts of all languages are shorter: the length tells nothing. */
  private static final int BLOCK = 512;

  private final DeviceAddresses addresses;
  private final Vapid vapid;
  private final ObjectMapper json;

  WebPushChannel(DeviceAddresses addresses, Vapid vapid, ObjectMapper json) {
    this.addresses = addresses;
    this.vapid = vapid;
    this.json = json;
  }

  /** What a browser reads. */
  private record Message(UUID id, String text) {}

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Optional<Parcel> parcel(Delivery delivery) {
    return addresses.of(delivery).map(address -> parcel(delivery, address));
  }

  private Parcel parcel(Delivery delivery, DeviceAddress address) {
    URI to = URI.create(Objects.requireNonNull(address.endpoint()));
    String text = delivery.notice().get();
    return new Parcel(
        NAME,
        delivery.event().recipient(),
        delivery.targetId(),
        delivery.event().id(),
        to,
        headers(delivery, address, to),
        body(new Message(delivery.event().id(), text), address),
        Parcel.Trust.ANYBODY,
        text,
        delivery.isUrgent());
  }

  private Map<String, String> headers(Delivery delivery, DeviceAddress address, URI to) {
    Map<String, String> headers = new HashMap<>();
    headers.put("Authorization", vapid.authorization(to));
    headers.put("Content-Type", "application/octet-stream");
    headers.put("Content-Encoding", "aes128gcm");
    headers.put("Urgency", delivery.isUrgent() ? "high" : "normal");
    headers.put("TTL", Long.toString(PushNotices.kept(delivery).toSeconds()));
    if (PushNotices.replaces(delivery)) {
      headers.put("Topic", topic(address, delivery.event().resource().id()));
    }
    return headers;
  }

  /** A later notice of the same pause replaces one that didn't arrive. */
  private static String topic(DeviceAddress address, UUID pauseId) {
    byte[] key = PushNotices.keyOf(pauseId, bytes(address.auth()));
    return Base64.getUrlEncoder().withoutPadding().encodeToString(key);
  }

  private byte[] body(Message message, DeviceAddress address) {
    try {
      return WebPushCipher.encrypt(
          padded(json.writeValueAsBytes(message)), bytes(address.p256dh()), bytes(address.auth()));
    } catch (JsonProcessingException | GeneralSecurityException e) {
      throw new IllegalStateException("A notice can't be encrypted", e);
    }
  }

  /** With white space, which is nothing in JSON. */
  private static byte[] padded(byte[] message) {
    byte[] padded = Arrays.copyOf(message, (message.length / BLOCK + 1) * BLOCK);
    Arrays.fill(padded, message.length, padded.length, (byte) ' ');
    return padded;
  }

  private static byte[] bytes(@Nullable String base64) {
    return Base64.getUrlDecoder().decode(Objects.requireNonNull(base64));
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
