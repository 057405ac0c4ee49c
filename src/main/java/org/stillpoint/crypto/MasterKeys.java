package org.stillpoint.crypto;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The keys that wrap all other keys. They lie outside the database and outside its folder, so that
 * neither a dump nor a backup of the data can be read with itself. Nothing keeps them in memory:
 * they are read for each piece of work.
 */
public interface MasterKeys {
  /** Reads them as they are now. */
  KeyWrapper read();

  /**
   * Looks at them before anything is started.
   *
   * @throws MasterKeyException with a sentence for the operator
   */
  void check();

  /** Those of a file, or the one that a key management service holds; exactly one is given. */
  static MasterKeys of(@Nullable Path file, @Nullable String uri) {
    if (file != null && uri == null) {
      return new MasterKeyFile(file);
    }
    if (uri != null && file == null) {
      return new KmsMasterKey(uri);
    }
    throw new MasterKeyException(
        "Set either stillpoint.master-key-file or stillpoint.master-key-uri.");
  }
}
