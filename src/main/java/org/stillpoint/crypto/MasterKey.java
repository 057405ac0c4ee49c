package org.stillpoint.crypto;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.RegistryConfiguration;
import com.google.crypto.tink.TinkJsonProtoKeysetFormat;
import com.google.crypto.tink.aead.AeadConfig;
import com.google.crypto.tink.aead.PredefinedAeadParameters;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;

/**
 * The key that wraps all other keys. It is a Tink keyset in a file outside the database and outside
 * the database's folder, so that neither a dump nor a backup of the data can be read with itself.
 */
public final class MasterKey {
  private final Aead aead;

  private MasterKey(Aead aead) {
    this.aead = aead;
  }

  /**
   * Reads the key.
   *
   * @throws MasterKeyException when the file is missing or isn't a key
   */
  public static MasterKey read(Path file) {
    try {
      AeadConfig.register();
      KeysetHandle keyset =
          TinkJsonProtoKeysetFormat.parseKeyset(
              Files.readString(file), InsecureSecretKeyAccess.get());
      return new MasterKey(keyset.getPrimitive(RegistryConfiguration.get(), Aead.class));
    } catch (IOException e) {
      throw new MasterKeyException("The master key file " + file + " can't be read.", e);
    } catch (GeneralSecurityException e) {
      throw new MasterKeyException("The file " + file + " holds no master key.", e);
    }
  }

  /** Makes a new key in a file of mode 0600, which must not be there yet. */
  public static void create(Path file) {
    try {
      AeadConfig.register();
      KeysetHandle keyset = KeysetHandle.generateNew(PredefinedAeadParameters.AES256_GCM);
      String json =
          TinkJsonProtoKeysetFormat.serializeKeyset(keyset, InsecureSecretKeyAccess.get());
      Path written =
          Files.createTempFile(
              file.toAbsolutePath().getParent(),
              "master-key",
              ".new",
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      Files.writeString(written, json, StandardOpenOption.SYNC);
      Files.createLink(file, written);
      Files.delete(written);
    } catch (IOException | GeneralSecurityException e) {
      throw new MasterKeyException("The master key file " + file + " can't be written.", e);
    }
  }

  Aead aead() {
    return aead;
  }
}
