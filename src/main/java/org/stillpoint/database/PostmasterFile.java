package org.stillpoint.database;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What a running server says of itself in its data folder.
 *
 * @param pid the server's process; a process killed may leave the file, and its number may be
 *     somebody else's by now
 * @param singleUser whether it is a session of the launcher's rather than a server
 */
record PostmasterFile(long pid, boolean singleUser, int port, boolean ready) {

  static Optional<PostmasterFile> in(Path data) throws IOException {
    try {
      return parse(Files.readAllLines(data.resolve("postmaster.pid")));
    } catch (NoSuchFileException notRunning) {
      return Optional.empty();
    }
  }

  /** The server writes line after line; a line that isn't there yet says "not ready". */
  private static Optional<PostmasterFile> parse(List<String> lines) {
    try {
      long pid = Long.parseLong(line(lines, 0));
      String port = line(lines, 3);
      return Optional.of(
          new PostmasterFile(
              Math.abs(pid),
              pid < 0,
              port.isEmpty() ? 0 : Integer.parseInt(port),
              line(lines, 7).equals("ready")));
    } catch (NumberFormatException halfWritten) {
      return Optional.empty();
    }
  }

  private static String line(List<String> lines, int index) {
    return index < lines.size() ? lines.get(index).strip() : "";
  }
}
