package org.stillpoint.testkit;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.stillpoint.testkit.PlainHttp.Call;

/** The notices that a person's phone has shown. */
public final class Inbox {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private Inbox() {}

  /** Their texts, the oldest first, as soon as there are so many. */
  public static List<String> texts(Person person, int atLeast) {
    Instant deadline = Instant.now().plus(PATIENCE);
    while (true) {
      List<String> texts =
          PlainHttp.ok(new Call("GET", "/sandbox/inbox/" + person.id(), Map.of())).get("data.text");
      if (texts.size() >= atLeast) {
        return texts;
      }
      if (Instant.now().isAfter(deadline)) {
        throw new AssertionError("Only " + texts.size() + " of " + atLeast + " notices came");
      }
      sleep();
    }
  }

  private static void sleep() {
    try {
      Thread.sleep(10);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
