package org.stillpoint.event;

import java.util.List;

/**
 * Fired after a commit on this replica, so that its streams and workers needn't poll for it.
 *
 * @param queued whether there is something to hand over
 */
public record Commit(List<Announced> events, boolean queued) {
  /** Nobody is told of anything. */
  public static final Commit NOTHING = new Commit(List.of(), false);

  public Commit {
    events = List.copyOf(events);
  }
}
