package org.stillpoint.testkit;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jboss.logmanager.formatters.PatternFormatter;
import org.jspecify.annotations.Nullable;

/** Everything that is logged meanwhile, with its context and its stack traces. */
public final class CapturedLog extends Handler {
  private static final String OURS = "org.stillpoint";

  private final Queue<String> lines = new ConcurrentLinkedQueue<>();
  private final Logger root = Logger.getLogger("");
  private final Logger ours = Logger.getLogger(OURS);
  private final @Nullable Level before = ours.getLevel();

  private CapturedLog() {
    setFormatter(new PatternFormatter("%p %c %t %X %s%e%n"));
    setLevel(Level.ALL);
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
    lines.add(getFormatter().format(line));
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
