package org.stillpoint.faults;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.stillpoint.process.PackagedApp;
import org.stillpoint.process.Phone;
import org.stillpoint.process.Tapping;

/** The application and its database are killed again and again while people tap. */
final class Kills {
  private static final int KILLS = 10;

  /** Before each kill. */
  private static final int TAPS = 100;

  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private Kills() {}

  static void run(Path folder, Report report) throws Exception {
    PackagedApp app = Faults.start(folder);
    try {
      Phone[] phones = phones(app);
      try (Tapping tapping = new Tapping(app.http(), phones)) {
        Duration afterDatabase = Duration.ZERO;
        for (int i = 0; i < KILLS; i++) {
          awaitSomeMoment(tapping);
          long killed = System.nanoTime();
          app.postmaster().destroyForcibly();
          afterDatabase = longer(afterDatabase, tapping.awaitNext(killed, PATIENCE));
        }
        Duration afterApplication = Duration.ZERO;
        for (int i = 0; i < KILLS; i++) {
          awaitSomeMoment(tapping);
          long killed = System.nanoTime();
          app.kill();
          app = Faults.start(folder);
          tapping.goTo(app.http());
          afterApplication = longer(afterApplication, tapping.awaitNext(killed, PATIENCE));
        }
        tapping.close();
        report.show("kill -9 of PostgreSQL", KILLS);
        report.show("kill -9 of the application", KILLS);
        report.show("taps acknowledged meanwhile", tapping.acknowledged().size());
        report.exactly("acknowledged taps lost", Stored.missing(folder, tapping.acknowledged()), 0);
        report.within(
            "longest time to the next tap, PostgreSQL killed",
            afterDatabase,
            Duration.ofSeconds(30));
        report.within(
            "longest time to the next tap, application killed and started",
            afterApplication,
            Duration.ofSeconds(60));
      }
    } finally {
      app.close();
    }
  }

  private static Phone[] phones(PackagedApp app) throws Exception {
    List<Phone> phones = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      phones.add(Phone.of(app.http(), "tapper-" + i));
    }
    return phones.toArray(Phone[]::new);
  }

  private static void awaitSomeMoment(Tapping tapping) throws InterruptedException {
    tapping.awaitTaps(TAPS, PATIENCE);
    Thread.sleep(ThreadLocalRandom.current().nextInt(300));
  }

  private static Duration longer(Duration one, Duration other) {
    return one.compareTo(other) > 0 ? one : other;
  }
}
