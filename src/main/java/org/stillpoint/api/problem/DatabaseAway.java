package org.stillpoint.api.problem;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Tells a database that can't be reached at the moment from everything else that can fail. */
final class DatabaseAway {
  private static final int DEEPEST = 10;

  /** No connection; not enough of something; the operator, or a crash, stops the server. */
  private static final Set<String> CLASSES = Set.of("08", "53", "57");

  /** A transaction that hung for too long, or whose session did. */
  private static final Set<String> TIMEOUTS = Set.of("25P03", "25P04");

  private DatabaseAway() {}

  static boolean isCauseOf(Throwable thrown) {
    return isCauseOf(thrown, DEEPEST);
  }

  /** A failed commit hides its cause among what it suppressed. */
  private static boolean isCauseOf(@Nullable Throwable thrown, int depth) {
    if (thrown == null || depth == 0) {
      return false;
    }
    if (thrown instanceof SQLException failure && isAway(failure)) {
      return true;
    }
    for (Throwable suppressed : thrown.getSuppressed()) {
      if (isCauseOf(suppressed, depth - 1)) {
        return true;
      }
    }
    return isCauseOf(thrown.getCause(), depth - 1);
  }

  private static boolean isAway(SQLException failure) {
    @Nullable String state = failure.getSQLState();
    if (state == null) {
      // The pool's own words: it had no connection to give, or was closed.
      return failure instanceof SQLTransientConnectionException
          || failure.getClass() == SQLException.class;
    }
    return TIMEOUTS.contains(state)
        || (state.length() == 5 && CLASSES.contains(state.substring(0, 2)));
  }
}
