package org.stillpoint.sandbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jose4j.jwk.EcJwkGenerator;
import org.jose4j.jwk.EllipticCurveJsonWebKey;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.keys.EllipticCurves;
import org.jose4j.lang.JoseException;
import org.stillpoint.crypto.PrivateFile;

/**
 * The key with which a sandbox signs its own tokens, kept in files so that they outlive a restart.
 */
public final class SandboxKeys {
  /** The issuer of a sandbox's tokens. */
  public static final String ISSUER = "urn:stillpoint:sandbox";

  private static final String KEY_ID = "sandbox";

  private SandboxKeys() {}

  /** The file that holds the public key as a JWK set; both files are made if they are not there. */
  public static Path publicKeys(Path folder) {
    try {
      Path file = folder.resolve("sandbox-jwks.json");
      if (!Files.exists(privateFile(folder)) || !Files.exists(file)) {
        EllipticCurveJsonWebKey key = EcJwkGenerator.generateJwk(EllipticCurves.P256);
        key.setKeyId(KEY_ID);
        key.setAlgorithm("ES256");
        PrivateFile.write(
            privateFile(folder), key.toJson(JsonWebKey.OutputControlLevel.INCLUDE_PRIVATE));
        PrivateFile.write(
            file, new JsonWebKeySet(key).toJson(JsonWebKey.OutputControlLevel.PUBLIC_ONLY));
      }
      return file.toAbsolutePath();
    } catch (IOException e) {
      throw new UncheckedIOException("The sandbox's keys can't be written", e);
    } catch (JoseException e) {
      throw new IllegalStateException("The sandbox's keys can't be made", e);
    }
  }

  static PublicJsonWebKey privateKey(Path folder) {
    try {
      return PublicJsonWebKey.Factory.newPublicJwk(Files.readString(privateFile(folder)));
    } catch (IOException e) {
      throw new UncheckedIOException("The sandbox's key can't be read", e);
    } catch (JoseException e) {
      throw new IllegalStateException("The sandbox's key isn't one", e);
    }
  }

  private static Path privateFile(Path folder) {
    return folder.resolve("sandbox-key.json");
  }
}
