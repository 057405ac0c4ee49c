package org.stillpoint.crypto;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;

/** A file with a secret in it, for its owner only: there whole, or not at all. */
public final class PrivateFile {
  private PrivateFile() {}

  /** Writes it, or puts it in the place of what was there; on disk when this returns. */
  public static void write(Path file, String text) throws IOException {
    Path written = beside(file, text);
    try {
      Files.move(written, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      Files.deleteIfExists(written);
      throw e;
    }
    try (FileChannel names = FileChannel.open(folder(file))) {
      names.force(true);
    }
  }

  /** Writes it beside the file, under a name of its own. */
  static Path beside(Path file, String text) throws IOException {
    Path written =
        Files.createTempFile(
            folder(file),
            "unfinished-",
            ".new",
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    try (FileChannel channel = FileChannel.open(written, StandardOpenOption.WRITE)) {
      ByteBuffer bytes = StandardCharsets.UTF_8.encode(text);
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
    return written;
  }

  /** Where the file is. */
  static Path folder(Path file) {
    return file.toAbsolutePath().resolveSibling(".").normalize();
  }
}
