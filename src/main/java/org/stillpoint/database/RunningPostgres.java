package org.stillpoint.database;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The embedded database of a Stillpoint that runs in another process: to be reached, not started.
 */
public record RunningPostgres(String jdbcUrl, String ownerPassword, String workerPassword) {
  /**
   * The one that runs on this folder.
   *
   * @throws DatabaseStartException with one sentence for the operator, when none does
   */
  public static RunningPostgres in(Path folder) {
    try {
      if (Files.exists(folder.resolve("data"))) {
        int port =
            PostmasterFile.in(folder.toRealPath().resolve("data"))
                .filter(PostmasterFile::ready)
                .map(PostmasterFile::port)
                .orElse(0);
        if (port != 0) {
          Passwords passwords = Passwords.in(folder);
          return new RunningPostgres(
              EmbeddedPostgres.jdbcUrl(port), passwords.owner(), passwords.worker());
        }
      }
    } catch (IOException e) {
      throw new DatabaseStartException(
          "The embedded database in %s can't be reached: %s.".formatted(folder, e), e);
    }
    throw new DatabaseStartException(
        "No Stillpoint is running on the data folder " + folder + ": start it first.");
  }

  @Override
  public String toString() {
    return jdbcUrl;
  }
}
