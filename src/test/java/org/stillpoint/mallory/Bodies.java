package org.stillpoint.mallory;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.concurrent.atomic.AtomicInteger;

/** Changes the texts of a body one by one. */
final class Bodies {
  private Bodies() {}

  /** How many texts there are. */
  static int texts(JsonNode body) {
    AtomicInteger count = new AtomicInteger();
    Calls.eachText(
        body.deepCopy(),
        text -> {
          count.incrementAndGet();
          return text;
        });
    return count.get();
  }

  /** The body with another text at this place. */
  static JsonNode withText(JsonNode body, int place, String other) {
    AtomicInteger at = new AtomicInteger();
    return Calls.eachText(body.deepCopy(), text -> at.getAndIncrement() == place ? other : text);
  }
}
