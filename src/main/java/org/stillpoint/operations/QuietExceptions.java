package org.stillpoint.operations;

import io.quarkus.logging.LoggingFilter;
import java.util.logging.Filter;
import java.util.logging.LogRecord;
import org.jboss.logmanager.ExtLogRecord;
import org.stillpoint.api.problem.Failures;
import org.stillpoint.crypto.MasterKeyException;

/**
 * Logs exceptions by their classes and frames alone, whoever logs them: their messages quote what
 * people wrote. Those of a start that fails are for the operator, and come before any request.
 */
@LoggingFilter(name = "quiet-exceptions")
final class QuietExceptions implements Filter {
  private static final String START = "io.quarkus.runtime";

  @Override
  public boolean isLoggable(LogRecord line) {
    Throwable thrown = line.getThrown();
    if (MasterKeyException.in(thrown).isPresent()) {
      // The start says so in a sentence.
      return false;
    }
    if (thrown != null
        && line instanceof ExtLogRecord extended
        && !String.valueOf(line.getLoggerName()).startsWith(START)) {
      extended.setMessage(
          extended.getFormattedMessage() + ": " + Failures.trace(thrown),
          ExtLogRecord.FormatStyle.NO_FORMAT);
      extended.setThrown(null);
    }
    return true;
  }
}
