package org.stillpoint.device;

import org.jspecify.annotations.Nullable;

/**
 * Where a push service reaches a device: a Web Push subscription, or a token.
 *
 * @param clientId the app that registered it
 * @param p256dh the subscription's public key, in base64url
 * @param auth the subscription's secret, in base64url
 * @param token of APNs in hexadecimal, or of FCM
 */
record DeviceAddress(
    String clientId,
    String channel,
    @Nullable String endpoint,
    @Nullable String p256dh,
    @Nullable String auth,
    @Nullable String token) {
  /** Without what is in it: that isn't for logs. */
  @Override
  public String toString() {
    return "an address for " + channel;
  }
}
