package org.stillpoint.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.stillpoint.crypto.MasterKeyFile;

/** Whatever is killed: what was answered is kept, and all goes on without a hand. */
class CrashIT {
  private static final Duration SOON = Duration.ofSeconds(15);

  @TempDir Path folder;

  @Test
  @Tag("S5")
  void whatWasAcknowledgedOutlivesTheDatabaseAndTheApplication() throws Exception {
    Phone phone;
    ProcessHandle postmaster;
    List<UUID> acknowledged;
    try (PackagedApp app = PackagedApp.sandbox(folder)) {
      phone = Phone.of(app.http(), "ana");
      try (var tapping = new Tapping(app.http(), phone)) {
        tapping.awaitTaps(20, SOON);
        app.postmaster().destroyForcibly();
        Thread.sleep(200);
        tapping.awaitTaps(20, SOON);
        assertThat(tapping.refusals()).as("while the database was away").containsOnly(503);
        assertThat(app.lines())
            .filteredOn(line -> line.contains("found no database"))
            .isNotEmpty()
            .allMatch(line -> line.matches("\\{.*\"requestId\":\"[0-9a-f-]{36}\".*}"));
        postmaster = app.postmaster();
        app.kill();
        tapping.close();
        acknowledged = tapping.acknowledged();
      }
    }
    awaitNoPostgres(postmaster);
    opensWithItsOwnMasterKeyOnly();

    try (PackagedApp again = PackagedApp.sandbox(folder)) {
      // Reading is limited; the last ones had the least time to reach the disk.
      for (UUID pause :
          acknowledged.stream().skip(Math.max(0, acknowledged.size() - 500)).toList()) {
        assertThat(phone.pause(again.http(), pause).statusCode()).isEqualTo(200);
      }
    }
  }

  private void opensWithItsOwnMasterKeyOnly() throws Exception {
    Map<String, String> sandbox = Map.of("STILLPOINT_SANDBOX", "true");
    Path own = folder.resolve(".stillpoint/master-key.json");
    Path kept = Files.move(own, folder.resolve("kept.json"));

    assertThat(RefusalIT.refusal(folder, sandbox))
        .contains(".stillpoint/master-key.json is missing");
    assertThat(own).doesNotExist();

    MasterKeyFile.create(own);
    assertThat(RefusalIT.refusal(folder, sandbox))
        .contains("The master key doesn't open this database.");
    Files.move(kept, own, StandardCopyOption.REPLACE_EXISTING);
  }

  private static void awaitNoPostgres(ProcessHandle postmaster) throws InterruptedException {
    long deadline = System.nanoTime() + Duration.ofSeconds(5).toNanos();
    while (postmaster.isAlive() && postmaster.info().command().isPresent()) {
      assertThat(System.nanoTime()).as("%s", postmaster.info()).isLessThan(deadline);
      Thread.sleep(20);
    }
  }
}
