package org.stillpoint.device;

import com.fasterxml.jackson.annotation.JsonProperty;

/** The push services that can reach a device. */
enum DeviceChannel {
  /** Of a browser (RFC 8030). */
  @JsonProperty("webPush")
  WEB_PUSH,
  /** Apple's. */
  @JsonProperty("apns")
  APNS,
  /** Google's. */
  @JsonProperty("fcm")
  FCM;

  String wireName() {
    return switch (this) {
      case WEB_PUSH -> "webPush";
      case APNS -> "apns";
      case FCM -> "fcm";
    };
  }
}
