package org.stillpoint.device;

import jakarta.validation.constraints.NotNull;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.hibernate.validator.constraints.Length;
import org.jspecify.annotations.Nullable;
import org.stillpoint.api.problem.FieldError;
import org.stillpoint.api.problem.Flaw;
import org.stillpoint.api.problem.HttpProblem;
import org.stillpoint.delivery.PublicAddresses;
import org.stillpoint.delivery.UnreachableException;

/** A device to be told of what happens. Which members it has follows from its channel. */
@Schema(
    name = "DeviceRequest",
    description =
        "What the system or the browser gave your app. For `webPush`: `endpoint`, `p256dh` and `auth`, as in"
            + " `PushSubscription.toJSON()`. For `apns` and `fcm`: `token`.",
    examples =
        "{\"channel\": \"webPush\", \"endpoint\":"
            + " \"https://push.example.net/p/JzLQ3raZJfFBR0aqvOMsLrt54w4rJUsV\", \"p256dh\":"
            + " \"BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4\","
            + " \"auth\": \"BTBZMqHH6r4Tts7J_aSIgg\"}")
record DeviceRequest(
    @Schema(required = true, examples = "webPush") @NotNull DeviceChannel channel,
    @Schema(
            description = "For `webPush`: where the push service takes notices.",
            maxLength = 2_000,
            examples = "https://push.example.net/p/JzLQ3raZJfFBR0aqvOMsLrt54w4rJUsV")
        @Length(max = 2_000)
        @Nullable String endpoint,
    @Schema(
            description = "For `webPush`: the subscription's public key, 65 bytes in base64url.",
            maxLength = 87,
            examples =
                "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4")
        @Length(max = 87)
        @Nullable String p256dh,
    @Schema(
            description = "For `webPush`: the subscription's secret, 16 bytes in base64url.",
            maxLength = 22,
            examples = "BTBZMqHH6r4Tts7J_aSIgg")
        @Length(max = 22)
        @Nullable String auth,
    @Schema(
            description =
                "For `apns`: the device token in hexadecimal. For `fcm`: the registration token.",
            maxLength = 4_096)
        @Length(max = 4_096)
        @Nullable String token) {
  private static final Pattern APNS_TOKEN = Pattern.compile("(?:[0-9a-f]{2}){32,100}");
  private static final Pattern FCM_TOKEN = Pattern.compile("[\\x21-\\x7e]{16,4096}");

  /** The address that it names; fails with all that is wrong with it. */
  DeviceAddress address(String clientId, PublicAddresses addresses) {
    List<FieldError> errors = new ArrayList<>();
    boolean web = channel == DeviceChannel.WEB_PUSH;
    check(errors, "/endpoint", endpoint, web, web && isEndpoint(addresses));
    check(errors, "/p256dh", p256dh, web, web && WebPushCipher.isKey(bytes(p256dh)));
    check(errors, "/auth", auth, web, web && WebPushCipher.isSecret(bytes(auth)));
    check(errors, "/token", token, !web, !web && isToken());
    if (!errors.isEmpty()) {
      throw HttpProblem.VALIDATION_FAILED.exception().withErrors(errors);
    }
    return new DeviceAddress(clientId, channel.wireName(), endpoint, p256dh, auth, plainToken());
  }

  private static void check(
      List<FieldError> errors,
      String pointer,
      @Nullable String value,
      boolean asked,
      boolean good) {
    if (asked && value == null) {
      errors.add(FieldError.member(pointer, Flaw.REQUIRED));
    } else if (!asked && value != null) {
      errors.add(FieldError.member(pointer, Flaw.UNKNOWN_MEMBER));
    } else if (asked && !good) {
      errors.add(FieldError.member(pointer, Flaw.NOT_ALLOWED_VALUE));
    }
  }

  private boolean isEndpoint(PublicAddresses addresses) {
    try {
      addresses.check(endpoint == null ? "" : endpoint);
      return true;
    } catch (UnreachableException noEndpoint) {
      return false;
    }
  }

  private boolean isToken() {
    String plain = plainToken();
    Pattern pattern = channel == DeviceChannel.APNS ? APNS_TOKEN : FCM_TOKEN;
    return plain != null && pattern.matcher(plain).matches();
  }

  /** The same for the same device, however it was written. */
  private @Nullable String plainToken() {
    return token == null || channel != DeviceChannel.APNS ? token : token.toLowerCase(Locale.ROOT);
  }

  private static byte[] bytes(@Nullable String base64) {
    try {
      return Base64.getUrlDecoder().decode(base64 == null ? "" : base64);
    } catch (IllegalArgumentException noBase64) {
      return new byte[0];
    }
  }

  /** Without what is in it: that isn't for logs. */
  @Override
  public String toString() {
    return "a device for " + channel;
  }
}
