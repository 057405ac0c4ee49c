package org.stillpoint.database;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;
import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Files and folders that are there whole or not at all, also after a power failure. */
final class Folders {
  private Folders() {}

  /** Makes a folder that only its owner enters, and gives its one true path. */
  static Path createPrivate(Path folder) throws IOException {
    Files.createDirectories(folder.toAbsolutePath());
    Path real = folder.toRealPath();
    Files.setPosixFilePermissions(real, PosixFilePermissions.fromString("rwx------"));
    return real;
  }

  static void write(Path file, String text, String permissions) throws IOException {
    Path temporary = file.resolveSibling(file.getFileName() + ".new");
    Files.deleteIfExists(temporary);
    var asked = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions));
    try (FileChannel channel = FileChannel.open(temporary, Set.of(CREATE_NEW, WRITE), asked)) {
      ByteBuffer bytes = StandardCharsets.UTF_8.encode(text);
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
    // Once more, past the umask.
    Files.setPosixFilePermissions(temporary, PosixFilePermissions.fromString(permissions));
    Files.move(temporary, file, ATOMIC_MOVE, REPLACE_EXISTING);
    sync(file.resolveSibling("."));
  }

  /** Makes the names in a folder durable: a move is safe only when its folder is written. */
  static void sync(Path folder) throws IOException {
    try (FileChannel channel = FileChannel.open(folder)) {
      channel.force(true);
    }
  }

  /**
   * Removes what an interrupted start left behind, under a name that begins like this. A program of
   * that start may still be writing there before it notices; the next start removes the rest.
   */
  static void deleteAll(Path parent, String prefix) throws IOException {
    try (DirectoryStream<Path> found = Files.newDirectoryStream(parent, prefix + "*")) {
      for (Path each : found) {
        try {
          delete(each);
        } catch (IOException stillInUse) {
          // the next start's
        }
      }
    }
  }

  private static void delete(Path folder) throws IOException {
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes a) throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path dir, @Nullable IOException e)
              throws IOException {
            if (e != null) {
              throw e;
            }
            Files.delete(dir);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
