package org.stillpoint;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.stillpoint.crypto.MasterKeyException;
import org.stillpoint.crypto.MasterKeyFile;
import org.stillpoint.crypto.MasterKeys;
import org.stillpoint.database.EmbeddedPostgres;
import org.stillpoint.sandbox.SandboxKeys;

/**
 * What has to be there before the application starts: its folder, the master key, an embedded
 * database unless there is another one, and a sandbox's keys.
 */
public final class Groundwork implements AutoCloseable {
  private final Map<String, String> properties = new HashMap<>();
  private final @Nullable EmbeddedPostgres database;

  private Groundwork(@Nullable EmbeddedPostgres database) {
    this.database = database;
  }

  static Groundwork lay(StartSettings settings) {
    boolean embedded = settings.databaseUrl().isEmpty();
    Path folder = settings.folder();
    Optional<String> uri = settings.masterKeyUri();
    Optional<Path> file = settings.masterKeyFile();
    if (file.isPresent() || uri.isPresent()) {
      // Before anything is made.
      MasterKeys.of(file.orElse(null), uri.orElse(null)).check();
    }
    if (embedded || settings.isSandbox()) {
      createPrivate(folder);
    }
    if (file.isEmpty() && uri.isEmpty()) {
      Path own = ownMasterKey(folder);
      new MasterKeyFile(own).check();
      file = Optional.of(own);
    }
    Groundwork groundwork =
        new Groundwork(embedded ? EmbeddedPostgres.start(folder.resolve("database")) : null);
    file.ifPresent(
        path -> groundwork.properties.put("stillpoint.master-key-file", path.toString()));
    groundwork.putDatabase();
    if (settings.isSandbox()) {
      groundwork.putSandbox(folder);
    }
    return groundwork;
  }

  /** For tests: a sandbox on an embedded database in this folder. */
  public static Groundwork sandbox(Path folder) {
    createPrivate(folder);
    Path masterKey = ownMasterKey(folder);
    Groundwork groundwork = new Groundwork(EmbeddedPostgres.start(folder.resolve("database")));
    groundwork.properties.put("stillpoint.master-key-file", masterKey.toString());
    groundwork.putDatabase();
    groundwork.putSandbox(folder);
    return groundwork;
  }

  /** The settings that follow from it. */
  public Map<String, String> properties() {
    return Map.copyOf(properties);
  }

  private void putDatabase() {
    if (database != null) {
      properties.put("stillpoint.database.folder", database.folder().toString());
      properties.put("stillpoint.database.url", database.jdbcUrl());
      properties.put("stillpoint.database.owner-password", database.ownerPassword());
      properties.put("stillpoint.database.app-password", database.appPassword());
      properties.put("stillpoint.database.worker-password", database.workerPassword());
    }
  }

  private void putSandbox(Path folder) {
    properties.put("stillpoint.folder", folder.toString());
    properties.put("stillpoint.token.issuer", SandboxKeys.ISSUER);
    properties.put("stillpoint.token.jwks", SandboxKeys.publicKeys(folder).toUri().toString());
  }

  /** Beside the database's folder, not in it. A key is never made anew over data that is there. */
  private static Path ownMasterKey(Path folder) {
    Path file = ownMasterKeyFile(folder);
    if (!Files.exists(file)) {
      if (Files.exists(folder.resolve("database").resolve("data"))) {
        throw new MasterKeyException(
            "The master key file "
                + file
                + " is missing, and without it the data that is there"
                + " can't be opened: put it back.");
      }
      MasterKeyFile.create(file);
    }
    return file;
  }

  static Path ownMasterKeyFile(Path folder) {
    return folder.resolve("master-key.json");
  }

  private static void createPrivate(Path folder) {
    try {
      Optional<Path> parent = Optional.ofNullable(folder.getParent());
      if (parent.isPresent()) {
        Files.createDirectories(parent.get());
      }
      if (!Files.isDirectory(folder)) {
        Files.createDirectory(
            folder,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("The folder " + folder + " can't be made", e);
    }
  }

  @Override
  public void close() {
    if (database != null) {
      database.close();
    }
  }
}
