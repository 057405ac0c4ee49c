package org.stillpoint.testkit;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.UUID;
import javax.crypto.Cipher;
import javax.crypto.KDF;
import javax.crypto.KeyAgreement;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.HKDFParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * A browser that has subscribed to Web Push, and reads what comes (RFC 8291) with nothing but the
 * platform's own cryptography.
 *
 * @param point its public key, as it is sent
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Browser(String endpoint, PrivateKey key, byte[] point, byte[] secret) {
  private static final int SALT = 16;
  private static final int COORDINATE = 32;
  private static final int GCM_TAG_BITS = 128;
  private static final byte LAST = 2;

  /** A new subscription, at a push service of its own. */
  public static Browser subscribe() {
    return subscribe("https://push.example.net/p/" + UUID.randomUUID());
  }

  /** A new subscription at this address. */
  public static Browser subscribe(String endpoint) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      KeyPair pair = generator.generateKeyPair();
      byte[] secret = new byte[SALT];
      new SecureRandom().nextBytes(secret);
      ECPoint point = ((ECPublicKey) pair.getPublic()).getW();
      byte[] written =
          ByteBuffer.allocate(1 + 2 * COORDINATE)
              .put((byte) 4)
              .put(coordinate(point.getAffineX()))
              .put(coordinate(point.getAffineY()))
              .array();
      return new Browser(endpoint, pair.getPrivate(), written, secret);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] coordinate(BigInteger number) {
    byte[] bytes = number.toByteArray();
    byte[] fixed = new byte[COORDINATE];
    int length = Math.min(bytes.length, COORDINATE);
    System.arraycopy(bytes, bytes.length - length, fixed, COORDINATE - length, length);
    return fixed;
  }

  /** As an app registers it. */
  public Map<String, String> registration() {
    return Map.of(
        "channel", "webPush", "endpoint", endpoint, "p256dh", text(point), "auth", text(secret));
  }

  /** What was sent to it: salt, size of records, the sender's key, and one record. */
  public String read(byte[] body) throws GeneralSecurityException {
    ByteBuffer sent = ByteBuffer.wrap(body);
    byte[] salt = take(sent, SALT);
    int recordSize = sent.getInt();
    byte[] sender = take(sent, sent.get());
    if (sent.remaining() > recordSize) {
      throw new GeneralSecurityException("More than one record");
    }
    byte[] shared = shared(publicKey(sender));
    byte[] info = joined("WebPush: info\0".getBytes(StandardCharsets.UTF_8), point, sender);
    byte[] inputKey = derive(secret, shared, info, 32);
    byte[] key = derive(salt, inputKey, info("aes128gcm"), 16);
    byte[] nonce = derive(salt, inputKey, info("nonce"), 12);
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(
        Cipher.DECRYPT_MODE,
        new SecretKeySpec(key, "AES"),
        new GCMParameterSpec(GCM_TAG_BITS, nonce));
    byte[] padded = cipher.doFinal(take(sent, sent.remaining()));
    int end = padded.length - 1;
    while (padded[end] == 0) {
      end--;
    }
    if (padded[end] != LAST) {
      throw new GeneralSecurityException("Not the last record");
    }
    return new String(padded, 0, end, StandardCharsets.UTF_8);
  }

  private byte[] shared(PublicKey sender) throws GeneralSecurityException {
    KeyAgreement agreement = KeyAgreement.getInstance("ECDH");
    agreement.init(key);
    agreement.doPhase(sender, true);
    return agreement.generateSecret();
  }

  private static byte[] derive(byte[] salt, byte[] input, byte[] info, int length)
      throws GeneralSecurityException {
    return KDF.getInstance("HKDF-SHA256")
        .deriveData(
            HKDFParameterSpec.ofExtract().addSalt(salt).addIKM(input).thenExpand(info, length));
  }

  private static byte[] info(String purpose) {
    return ("Content-Encoding: " + purpose + "\0").getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] take(ByteBuffer from, int length) {
    byte[] taken = new byte[length];
    from.get(taken);
    return taken;
  }

  private static byte[] joined(byte[]... parts) {
    ByteBuffer all = ByteBuffer.allocate(Arrays.stream(parts).mapToInt(part -> part.length).sum());
    Arrays.stream(parts).forEach(all::put);
    return all.array();
  }

  /** The key of this point. */
  public static PublicKey publicKey(byte[] point) throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"));
    ECPublicKey curve = (ECPublicKey) generator.generateKeyPair().getPublic();
    ECPoint place =
        new ECPoint(
            new BigInteger(1, Arrays.copyOfRange(point, 1, 1 + COORDINATE)),
            new BigInteger(1, Arrays.copyOfRange(point, 1 + COORDINATE, point.length)));
    return KeyFactory.getInstance("EC")
        .generatePublic(new ECPublicKeySpec(place, curve.getParams()));
  }

  private static String text(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
