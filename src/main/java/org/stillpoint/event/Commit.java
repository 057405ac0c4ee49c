package org.stillpoint.event;

import java.util.List;

/** Fired after a commit on this replica, so that its streams and workers needn't poll for it. */
public record Commit(List<Announced> events) {
  public Commit {
    events = List.copyOf(events);
  }
}
