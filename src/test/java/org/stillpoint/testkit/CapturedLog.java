package org.stillpoint.testkit;

import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Filter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.jboss.logmanager.ExtHandler;
import org.jboss.logmanager.formatters.PatternFormatter;
import org.jspecify.annotations.Nullable;

/**
 * Everything that is logged meanwhile, with its context and its stack traces, through the filter of
 * the console.
 */
public final class CapturedLog extends Handler {
  private static final String OURS = "org.stillpoint";

  private final Queue<String> lines = new ConcurrentLinkedQueue<>();
  private final Logger root = Logger.getLogger("");
  private final Logger ours = Logger.getLogger(OURS);
  private final @Nullable Level before = ours.getLevel();

  private CapturedLog() {
    setFormatter(new PatternFormatter("%p %c %t %X %s%e%n"));
    setLevel(Level.ALL);
    setFilter(
        console(root)
            .orElseThrow(() -> new IllegalStateException("The console's filter isn't there")));
  }

  private static Optional<Filter> console(Logger root) {
    return Stream.of(root.getHandlers())
        .flatMap(CapturedLog::withChildren)
        .map(Handler::getFilter)
        .filter(Objects::nonNull)
        .findFirst();
  }

  /** The handler of the log that is one of these. */
  public static Handler handler(Class<? extends Handler> kind) {
    return Stream.of(Logger.getLogger("").getHandlers())
        .flatMap(CapturedLog::withChildren)
        .filter(kind::isInstance)
        .findFirst()
        .orElseThrow();
  }

  private static Stream<Handler> withChildren(Handler handler) {
    return handler instanceof ExtHandler parent
        ? Stream.concat(
            Stream.of(handler), Stream.of(parent.getHandlers()).flatMap(CapturedLog::withChildren))
        : Stream.of(handler);
  }

  /** From now on: of Stillpoint itself, everything. */
  public static CapturedLog begin() {
    CapturedLog log = new CapturedLog();
    log.ours.setLevel(Level.ALL);
    log.root.addHandler(log);
    return log;
  }

  @Override
  public void publish(LogRecord line) {
    if (isLoggable(line)) {
      lines.add(getFormatter().format(line));
    }
  }

  /** All lines so far. */
  public String text() {
    return String.join("", lines);
  }

  @Override
  public void flush() {
    // nothing is held back
  }

  @Override
  public void close() {
    root.removeHandler(this);
    ours.setLevel(before);
  }
}
