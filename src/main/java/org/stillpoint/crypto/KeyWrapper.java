package org.stillpoint.crypto;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.TinkProtoKeysetFormat;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.List;

/** The master keys at work. It is made for one piece of work and not kept. */
public final class KeyWrapper {
  /** Where the keys themselves come from, one by one. */
  interface Source {
    Aead key(String name) throws GeneralSecurityException;

    /** The names of the keys that may have wrapped something, the likeliest first. */
    List<String> candidates(String name);
  }

  private final String newest;
  private final Source source;

  KeyWrapper(String newest, Source source) {
    this.newest = newest;
    this.source = source;
  }

  /** The name of the key that wraps. */
  String newest() {
    return newest;
  }

  WrappedKeyset wrap(KeysetHandle keyset, String place) {
    try {
      return new WrappedKeyset(
          TinkProtoKeysetFormat.serializeEncryptedKeyset(
              keyset, source.key(newest), place.getBytes(StandardCharsets.UTF_8)),
          newest);
    } catch (GeneralSecurityException e) {
      throw new MasterKeyException("The master key doesn't wrap.", e);
    }
  }

  /**
   * Goes by the name that was written down, and where that doesn't lead to it, by trying.
   *
   * @throws MasterKeyException when no key opens it
   */
  KeysetHandle unwrap(WrappedKeyset wrapped, String place) {
    GeneralSecurityException last = new GeneralSecurityException("No key");
    for (String name : source.candidates(wrapped.masterKey())) {
      try {
        return TinkProtoKeysetFormat.parseEncryptedKeyset(
            wrapped.bytes(), source.key(name), place.getBytes(StandardCharsets.UTF_8));
      } catch (GeneralSecurityException e) {
        last = e;
      }
    }
    throw new MasterKeyException("The master key doesn't open this database.", last);
  }
}
