package org.stillpoint.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.stillpoint.crypto.MasterKeyFile;

/** Whatever is killed: what was answered is kept, and all goes on without a hand. */
class CrashIT {
  @TempDir Path folder;
  private final Queue<UUID> acknowledged = new ConcurrentLinkedQueue<>();
  private final Queue<Integer> refusals = new ConcurrentLinkedQueue<>();

  /** Each pause is lifted at once, so that each tap writes one of its own. */
  private final class Sender implements AutoCloseable {
    private final AtomicBoolean on = new AtomicBoolean(true);
    private final List<Thread> threads;

    Sender(URI server, Phone... phones) {
      threads =
          List.of(phones).stream()
              .map(phone -> Thread.ofVirtual().start(() -> tapOn(server, phone)))
              .toList();
    }

    private void tapOn(URI server, Phone phone) {
      while (on.get()) {
        UUID tap = UUID.randomUUID();
        try {
          int status = phone.tap(server, tap).statusCode();
          if (status == 200) {
            acknowledged.add(tap);
            phone.lift(server, tap);
          } else {
            refusals.add(status);
            Thread.sleep(20);
          }
        } catch (Exception noAnswer) {
          // Not acknowledged, so nothing was promised.
        }
      }
    }

    @Override
    public void close() throws InterruptedException {
      on.set(false);
      for (Thread thread : threads) {
        thread.join();
      }
    }
  }

  @Test
  @Tag("S5")
  void whatWasAcknowledgedOutlivesTheDatabaseAndTheApplication() throws Exception {
    Phone phone;
    ProcessHandle postmaster;
    try (PackagedApp app = PackagedApp.sandbox(folder)) {
      phone = Phone.of(app.http(), "ana");
      try (var sender = new Sender(app.http(), phone)) {
        awaitTaps(20);
        app.postmaster().destroyForcibly();
        Thread.sleep(200);
        awaitTaps(acknowledged.size() + 20);
        assertThat(refusals).as("while the database was away").containsOnly(503);
        assertThat(app.lines())
            .filteredOn(line -> line.contains("found no database"))
            .isNotEmpty()
            .allMatch(line -> line.matches("\\{.*\"requestId\":\"[0-9a-f-]{36}\".*}"));
        postmaster = app.postmaster();
        app.kill();
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

  private void awaitTaps(int count) throws InterruptedException {
    long deadline = System.nanoTime() + Duration.ofSeconds(15).toNanos();
    while (acknowledged.size() < count) {
      assertThat(System.nanoTime()).as("taps stay away: %s", refusals).isLessThan(deadline);
      Thread.sleep(10);
    }
  }

  private static void awaitNoPostgres(ProcessHandle postmaster) throws InterruptedException {
    long deadline = System.nanoTime() + Duration.ofSeconds(5).toNanos();
    while (postmaster.isAlive() && postmaster.info().command().isPresent()) {
      assertThat(System.nanoTime()).as("%s", postmaster.info()).isLessThan(deadline);
      Thread.sleep(20);
    }
  }
}
