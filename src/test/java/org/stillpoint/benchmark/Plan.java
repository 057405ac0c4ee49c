package org.stillpoint.benchmark;

import java.time.Duration;

/**
 * How long, how often and on how much is measured.
 *
 * @param warmUp before anything is measured but the start
 * @param closed the length of one window of a closed loop
 * @param open the length of one window of an open loop
 * @param rounds how often each window of a closed loop is repeated, in turns with its limit
 * @param openRounds how often each window of an open loop is repeated
 * @param starts how often the warm start is repeated
 * @param storedPauses how many pauses are stored for the second half
 * @param idleStreams how many idle streams are open in the second half
 */
record Plan(
    Duration warmUp,
    Duration closed,
    Duration open,
    int rounds,
    int openRounds,
    int starts,
    int storedPauses,
    int idleStreams) {
  static final Plan FULL =
      new Plan(
          Duration.ofSeconds(60),
          Duration.ofSeconds(5),
          Duration.ofSeconds(15),
          5,
          3,
          3,
          1_000_000,
          5_000);

  /** For work on the benchmark itself; its numbers say little. */
  static final Plan QUICK =
      new Plan(
          Duration.ofSeconds(20),
          Duration.ofSeconds(5),
          Duration.ofSeconds(5),
          1,
          1,
          1,
          100_000,
          500);
}
