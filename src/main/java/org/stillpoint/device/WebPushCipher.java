package org.stillpoint.device;

import com.interaso.webpush.VapidKeys;
import com.interaso.webpush.WebPush;
import java.security.GeneralSecurityException;

/** Encrypts for a browser alone: its push service reads nothing (RFC 8291). */
final class WebPushCipher {
  /** It asks for keys to sign with, and signs nothing here. */
  private static final WebPush LIBRARY =
      new WebPush("https://push.example.com", VapidKeys.generate());

  private static final int KEY_BYTES = 65;
  private static final int SECRET_BYTES = 16;
  private static final byte UNCOMPRESSED = 4;

  private WebPushCipher() {}

  /**
   * Encrypts.
   *
   * @param p256dh the subscription's public key
   * @param auth the subscription's secret
   * @throws GeneralSecurityException when there is no such key, which Kotlin doesn't declare
   */
  static byte[] encrypt(byte[] text, byte[] p256dh, byte[] auth) throws GeneralSecurityException {
    return LIBRARY.getBody(text, p256dh, auth);
  }

  /** Whether it is a point of the curve, as browsers write it. */
  static boolean isKey(byte[] p256dh) {
    if (p256dh.length != KEY_BYTES || p256dh[0] != UNCOMPRESSED) {
      return false;
    }
    try {
      return encrypt(new byte[0], p256dh, new byte[SECRET_BYTES]).length > 0;
    } catch (GeneralSecurityException noPoint) {
      return false;
    }
  }

  static boolean isSecret(byte[] auth) {
    return auth.length == SECRET_BYTES;
  }
}
