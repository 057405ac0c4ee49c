package org.stillpoint.device;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.stillpoint.delivery.Delivery;
import org.stillpoint.delivery.DeliveryChannel;
import org.stillpoint.delivery.DeliveryConfig;
import org.stillpoint.delivery.Outcome;
import org.stillpoint.delivery.Parcel;
import org.stillpoint.delivery.Response;

/** Firebase Cloud Messaging, Google's push service, by its HTTP v1 API. */
@Singleton
class FcmChannel implements DeliveryChannel {
  static final String NAME = "fcm";

  private static final int UNAUTHORIZED = 401;
  private static final int NOT_FOUND = 404;

  /**
   * For a device that is away, FCM keeps the last message of each key, and four keys at most: the
   * app's own, for whatever names none, and these. So the text of a pause isn't lost to a later
   * neutral one, a stronger signal takes the place of a weaker one, and two pauses seldom meet.
   * (Firebase says that it ignores the key of a message that it shows itself: of those, it then
   * keeps the last of all.)
   */
  private static final int KEYS_FOR_PAUSES = 3;

  private final PushAccounts accounts;
  private final DeviceAddresses addresses;
  private final ObjectMapper json;
  private final Duration timeout;

  @Inject
  FcmChannel(
      PushAccounts accounts, DeviceAddresses addresses, ObjectMapper json, DeliveryConfig config) {
    this(accounts, addresses, json, config.timeout());
  }

  FcmChannel(
      PushAccounts accounts, DeviceAddresses addresses, ObjectMapper json, Duration timeout) {
    this.accounts = accounts;
    this.addresses = addresses;
    this.json = json;
    this.timeout = timeout;
  }

  /** All that Google is told (S30). */
  private record Request(@JsonProperty("message") Message content) {}

  private record Message(
      @Nullable String token, Notification notification, Data data, Android android) {}

  private record Notification(String body) {}

  /** The event's id. */
  private record Data(UUID id) {}

  @JsonInclude(JsonInclude.Include.NON_NULL)
  private record Android(
      String priority, String ttl, @JsonProperty("collapse_key") @Nullable String collapseKey) {}

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
        .fcm(address.clientId())
        .map(
            account -> {
              Map<String, String> headers = new HashMap<>(account.authorization(timeout));
              headers.put("Content-Type", "application/json; charset=utf-8");
              String text = delivery.notice().get();
              return new Parcel(
                  NAME,
                  delivery.event().recipient(),
                  delivery.targetId(),
                  delivery.event().id(),
                  account.messages(),
                  Map.copyOf(headers),
                  body(delivery, address, text),
                  Parcel.Trust.OPERATOR,
                  text,
                  delivery.isUrgent());
            });
  }

  private byte[] body(Delivery delivery, DeviceAddress address, String text) {
    Message message =
        new Message(
            address.token(),
            new Notification(text),
            new Data(delivery.event().id()),
            new Android(
                delivery.isUrgent() ? "high" : "normal",
                PushNotices.kept(delivery).toSeconds() + "s",
                PushNotices.replaces(delivery)
                    ? key(delivery.event().resource().id(), address)
                    : null));
    try {
      return json.writeValueAsBytes(new Request(message));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A notice can't be written");
    }
  }

  private static String key(UUID pause, DeviceAddress address) {
    byte[] token = Objects.requireNonNull(address.token()).getBytes(StandardCharsets.UTF_8);
    return "pause-" + Math.floorMod(PushNotices.keyOf(pause, token)[0], KEYS_FOR_PAUSES);
  }

  @Override
  public Outcome outcome(Response response) {
    return switch (error(response)) {
      case "UNREGISTERED" -> Outcome.GONE;
      case "INVALID_ARGUMENT", "SENDER_ID_MISMATCH" -> Outcome.REFUSED;
      case "THIRD_PARTY_AUTH_ERROR", "QUOTA_EXCEEDED", "UNAVAILABLE", "INTERNAL" -> Outcome.LATER;
      default ->
          // Of the project, not of the device.
          response.status() == NOT_FOUND ? Outcome.LATER : Outcome.ofHttp(response.status());
    };
  }

  /** FCM's own code; empty when the answer names none. */
  private String error(Response response) {
    try {
      for (JsonNode detail : json.readTree(response.body()).path("error").path("details")) {
        String code = detail.path("errorCode").asText();
        if (!code.isEmpty()) {
          return code;
        }
      }
    } catch (JsonProcessingException e) {
      // Its status says enough.
    }
    return "";
  }

  @Override
  public void attempted(Delivery delivery, @Nullable Response response, Outcome outcome) {
    if (response != null && response.status() == UNAUTHORIZED && outcome == Outcome.LATER) {
      addresses
          .of(delivery)
          .flatMap(address -> accounts.fcm(address.clientId()))
          .ifPresent(FcmAccount::forgetToken);
    }
  }

  @Override
  public void gone(Delivery delivery) {
    addresses.remove(delivery.event().recipient(), delivery.targetId());
  }
}
