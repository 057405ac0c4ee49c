package org.stillpoint.faults;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.stillpoint.process.OpenConnections;
import org.stillpoint.process.PackagedApp;

/** The application is asked to end while people tap. */
final class Endings {
  private static final int ENDINGS = 5;

  private Endings() {}

  static void run(Path folder, Report report) throws Exception {
    int answered = 0;
    int failed = 0;
    List<UUID> notAccepted = new ArrayList<>();
    Duration longest = Duration.ZERO;
    for (int i = 0; i < ENDINGS; i++) {
      try (PackagedApp app = Faults.start(folder)) {
        OpenConnections senders = OpenConnections.tapping(app.http(), 16);
        Thread.sleep(2_000);
        long asked = System.nanoTime();
        app.terminate();
        app.awaitEnd(Duration.ofSeconds(60));
        Duration took = Duration.ofNanos(System.nanoTime() - asked);
        longest = took.compareTo(longest) > 0 ? took : longest;
        senders.close();
        notAccepted.addAll(senders.notAccepted());
        answered += senders.answers().size();
        failed +=
            (int)
                senders.answers().stream()
                    .filter(answer -> !answer.equals(OpenConnections.OK))
                    .filter(answer -> !answer.equals(OpenConnections.REFUSED))
                    .count();
      }
    }
    report.show("SIGTERM under load", ENDINGS);
    report.show("taps answered meanwhile", answered);
    report.exactly("requests in flight that failed", failed, 0);
    int stored = notAccepted.size() - missing(folder, notAccepted);
    report.exactly("taps that were stored but not accepted", stored, 0);
    report.show("taps refused or cut off, and not stored", notAccepted.size() - stored);
    report.within("longest time from SIGTERM to the end", longest, Duration.ofSeconds(25));
  }

  private static int missing(Path folder, List<UUID> taps) throws Exception {
    try (PackagedApp _ = Faults.start(folder)) {
      return Stored.missing(folder, taps);
    }
  }
}
