package org.stillpoint.database;

import com.sun.security.auth.module.UnixSystem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * As whom the server's programs run. PostgreSQL refuses root, so as root they run in a user
 * namespace of their own, where they have root's files and none of root's powers; where the machine
 * denies namespaces, they run as nobody. Files made one way don't open the other way, so once there
 * are data, their owner decides.
 *
 * @param prefix the words in front of every command of the server
 * @param borrowed whether it is another account than the JVM's
 */
record ServerAccount(List<String> prefix, boolean borrowed) {
  private static final int NOBODY = 65534;

  static ServerAccount of(Path folder, Path data) throws IOException, InterruptedException {
    long self = new UnixSystem().getUid();
    long owner = Files.exists(data) ? id(data, "unix:uid") : -1;
    if (self != 0) {
      if (owner != -1 && owner != self) {
        throw new DatabaseStartException(
            "The database in %s belongs to %s: start Stillpoint as that user."
                .formatted(data, Files.getOwner(data).getName()));
      }
      return new ServerAccount(List.of(), false);
    }
    if (owner <= 0 && succeeds("unshare", "-U", "true")) {
      return new ServerAccount(List.of("unshare", "-U"), false);
    }
    if (owner == 0 || !succeeds("setpriv", "--version")) {
      throw new DatabaseStartException(
          "PostgreSQL refuses to run as root, and this machine offers no other way"
              + (owner == 0 ? " to open root's " + data : "")
              + ": start Stillpoint as an ordinary user.");
    }
    return borrow(folder, owner, owner == -1 ? NOBODY : id(data, "unix:gid"));
  }

  private static ServerAccount borrow(Path folder, long owner, long group) throws IOException {
    long user = owner == -1 ? NOBODY : owner;
    // The way to the data leads through the folder, which is closed to all but its owner.
    Files.setAttribute(folder, "unix:uid", (int) user);
    return new ServerAccount(
        List.of("setpriv", "--reuid=" + user, "--regid=" + group, "--clear-groups"), true);
  }

  private static long id(Path path, String attribute) throws IOException {
    return Integer.toUnsignedLong((Integer) Files.getAttribute(path, attribute));
  }

  private static boolean succeeds(String... command) throws InterruptedException {
    try {
      return new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException notThere) {
      return false;
    }
  }
}
