package org.stillpoint.checkin;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What is left follows from the times that are stored, to the millisecond. */
class ProgressTest {
  private static final Instant START = Instant.parse("2026-11-08T19:00:00.000Z");
  private static final UUID ANA = new UUID(0, 1);
  private static final UUID BEN = new UUID(0, 2);
  private static final List<UUID> BOTH = List.of(ANA, BEN);

  private final CheckInItem item = new TenMinutes();
  private final Progress progress = new Progress();

  private static final class TenMinutes extends CheckInItem {
    @Override
    int seconds() {
      return 600;
    }
  }

  private static Instant after(long millis) {
    return START.plusMillis(millis);
  }

  private long left(long atMillis, @Nullable Instant pausedSince) {
    return progress.left(item, after(atMillis), pausedSince).toMillis();
  }

  private long leftOfTurn(long atMillis) {
    return progress.leftOfTurn(item, 2, after(atMillis), null).toMillis();
  }

  @Test
  void itRunsFromItsStart() {
    progress.start(new UUID(0, 9), START);

    assertThat(left(0, null)).isEqualTo(600_000);
    assertThat(left(1, null)).isEqualTo(599_999);
    assertThat(left(600_000, null)).isZero();
    assertThat(left(9_000_000, null)).isZero();
  }

  @Test
  void aPauseStopsItWhenItComesIn() {
    progress.start(new UUID(0, 9), START);

    assertThat(left(200_000, after(90_001))).isEqualTo(509_999);
    assertThat(left(90_000, after(90_001))).as("by another replica's clock").isEqualTo(510_000);
  }

  @Test
  void aPauseThatCameInAMomentBeforeItsStartStopsItThere() {
    progress.start(new UUID(0, 9), START);

    assertThat(left(200_000, after(-3))).isEqualTo(600_000);
  }

  @Test
  void beforeTheFirstItemNothingRuns() {
    progress.resume(START);

    assertThat(progress.isRunning()).isFalse();
    assertThat(progress.spent(after(5_000), null)).isEqualTo(Duration.ZERO);
  }

  @Test
  void aTurnHasItsShareAndNoMoreThanIsLeft() {
    progress.start(new UUID(0, 9), START);
    progress.takeTurn(ANA, BOTH, after(100_000));

    assertThat(leftOfTurn(100_000)).isEqualTo(300_000);
    assertThat(leftOfTurn(150_001)).isEqualTo(249_999);
    assertThat(leftOfTurn(400_000)).isZero();

    progress.takeTurn(BEN, BOTH, after(500_000));
    assertThat(leftOfTurn(500_000)).as("no more than the item").isEqualTo(100_000);
  }
}
