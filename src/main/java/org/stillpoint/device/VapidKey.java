package org.stillpoint.device;

import com.interaso.webpush.VapidKeys;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.util.Base64;
import org.jose4j.jwk.EcJwkGenerator;
import org.jose4j.jwk.EllipticCurveJsonWebKey;
import org.jose4j.jwk.JsonWebKey.OutputControlLevel;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.keys.EllipticCurves;
import org.jose4j.lang.JoseException;
import org.stillpoint.crypto.PrivateFile;

/**
 * The key by which push services know this server. A browser's subscription is bound to it.
 *
 * @param point the public key as browsers take it: 65 bytes in base64url
 */
record VapidKey(PrivateKey secret, String point) {
  /** Makes the file if it isn't there. */
  static VapidKey readOrMake(Path file) {
    try {
      if (!Files.exists(file)) {
        PrivateFile.write(
            file,
            EcJwkGenerator.generateJwk(EllipticCurves.P256)
                .toJson(OutputControlLevel.INCLUDE_PRIVATE));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("The key for Web Push can't be written", e);
    } catch (JoseException e) {
      throw new IllegalStateException("A key for Web Push can't be made", e);
    }
    return read(file);
  }

  static VapidKey read(Path file) {
    try {
      if (PublicJsonWebKey.Factory.newPublicJwk(Files.readString(file))
              instanceof EllipticCurveJsonWebKey key
          && key.getCurveName().equals(EllipticCurves.P_256)
          && key.getEcPrivateKey() != null) {
        // Which checks that the two belong together.
        VapidKeys pair = new VapidKeys(key.getECPublicKey(), key.getEcPrivateKey());
        return new VapidKey(
            pair.getPrivateKey(),
            Base64.getUrlEncoder().withoutPadding().encodeToString(pair.getApplicationServerKey()));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("The key for Web Push can't be read", e);
    } catch (JoseException e) {
      throw new IllegalStateException("The key for Web Push isn't one", e);
    }
    throw new IllegalStateException("The key for Web Push isn't a private one of P-256");
  }

  /** Without what is secret in it. */
  @Override
  public String toString() {
    return point;
  }
}
