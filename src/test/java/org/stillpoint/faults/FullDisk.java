package org.stillpoint.faults;

import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.stillpoint.database.DatabaseStartException;
import org.stillpoint.process.PackagedApp;
import org.stillpoint.process.Phone;
import org.stillpoint.process.Tapping;

/** A small disk is filled: below the floor first, and then to the last byte. */
final class FullDisk {
  private static final long MEGABYTE = 1 << 20;
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final int TAPS = 200;

  private final Path folder;
  private final Path filler;
  private final PackagedApp app;
  private final Report report;

  private FullDisk(Path folder, PackagedApp app, Report report) {
    this.folder = folder;
    this.filler = folder.resolve("filler");
    this.app = app;
    this.report = report;
  }

  static void run(Path parent, Report report) throws Exception {
    Path folder = Files.createDirectory(parent.resolve("disk"));
    List<String> mount = List.of("mount", "-t", "tmpfs", "-o", "size=640m", "tmpfs");
    if (!Faults.hasOwnMounts() || !Faults.succeeds(mount, folder.toString())) {
      report.notMeasured("the disk full", "nothing can be mounted here");
      return;
    }
    try (PackagedApp app =
        Faults.start(folder, List.of(), Map.of("STILLPOINT_DATABASE_FREE_FLOOR", "128M"))) {
      FullDisk disk = new FullDisk(folder, app, report);
      disk.belowTheFloor();
      disk.toTheLastByte();
    } finally {
      Faults.succeeds(List.of("umount", "-l"), folder.toString());
    }
  }

  private void belowTheFloor() throws Exception {
    URI server = app.http();
    Phone ana = Phone.of(server, "ana");
    Phone leaving = Phone.of(server, "leaving");
    fill(32 * MEGABYTE);
    awaitGrowth(ana, 507);
    List<HttpResponse<String>> growing =
        List.of(
            ana.say(server, "{\"displayName\":\"Ana\"}"),
            ana.call(server, "POST", "/v1/relationships"),
            ana.call(server, "POST", ana.path("/invitations")),
            ana.call(server, "POST", ana.path("/tap-keys")));
    report.exactly(
        "below the floor of free space: other things taken",
        growing.stream().filter(answer -> answer.statusCode() != 507).count(),
        0);
    try (Tapping tapping = new Tapping(server, ana)) {
      tapping.awaitTaps(TAPS, PATIENCE);
      tapping.close();
      report.show("below the floor: taps acknowledged", tapping.acknowledged().size());
      report.exactly("below the floor: taps refused", tapping.refusals().size(), 0);
    }
    int left = leaving.call(server, "DELETE", leaving.path("/members/me")).statusCode();
    report.exactly("below the floor: status of leaving", left, 204);
    long room = System.nanoTime();
    Files.delete(filler);
    awaitGrowth(ana, 200);
    report.within(
        "time until all is taken again, once there is room",
        Duration.ofNanos(System.nanoTime() - room),
        Duration.ofSeconds(10));
  }

  private void toTheLastByte() throws Exception {
    List<Phone> phones = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      phones.add(Phone.of(app.http(), "tapper-" + i));
    }
    ProcessHandle postmaster = app.postmaster();
    try (Tapping tapping = new Tapping(app.http(), phones.toArray(Phone[]::new))) {
      tapping.awaitTaps(TAPS, PATIENCE);
      int before = tapping.acknowledged().size();
      long deadline = System.nanoTime() + PATIENCE.toNanos();
      while (postmaster.isAlive() && System.nanoTime() < deadline) {
        // A server that recovers makes room in its log, and goes on until that is full too.
        fill(0);
        exhaustTheLog();
      }
      Thread.sleep(10_000);
      report.show("no byte free: PostgreSQL", postmaster.isAlive() ? "runs" : "has stopped");
      report.show("taps acknowledged meanwhile", tapping.acknowledged().size() - before);
      long room = System.nanoTime();
      Files.delete(filler);
      report.within(
          "longest time to the next tap, once there is room",
          tapping.awaitNext(room, PATIENCE),
          PATIENCE);
      tapping.awaitTaps(TAPS, PATIENCE);
      tapping.close();
      List<UUID> taps = tapping.acknowledged();
      report.show("taps acknowledged before, while and after it was full", taps.size());
      report.exactly("acknowledged taps lost", Stored.missing(folder, taps), 0);
    }
  }

  private void awaitGrowth(Phone phone, int status) throws Exception {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (phone.call(app.http(), "PUT", "/v1/me/adult-attestation").statusCode() != status) {
      assertThat(System.nanoTime()).as("what grows isn't answered %d", status).isLessThan(deadline);
      Thread.sleep(20);
    }
  }

  /** Leaves about so many bytes; with none, really none. */
  private void fill(long leave) throws IOException {
    byte[] zeros = new byte[leave > 0 ? (int) MEGABYTE : 4096];
    try (OutputStream out = Files.newOutputStream(filler, CREATE, APPEND)) {
      while (Files.getFileStore(folder).getUsableSpace() > leave) {
        out.write(zeros);
      }
    } catch (IOException full) {
      if (leave > 0) {
        throw full;
      }
    }
  }

  /** Writes into PostgreSQL's log until it finds no room, which stops the server. */
  private void exhaustTheLog() throws InterruptedException {
    try (Connection owner = Stored.owner(folder);
        Statement statement = owner.createStatement()) {
      for (int i = 0; i < 1_000; i++) {
        statement.execute("select pg_logical_emit_message(false, 'fault', repeat('x', 1000000))");
      }
      throw new IllegalStateException("The log still grows on a disk that is full");
    } catch (SQLException | DatabaseStartException stopped) {
      Thread.sleep(100);
    }
  }
}
