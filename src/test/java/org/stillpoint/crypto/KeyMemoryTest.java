package org.stillpoint.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.benmanes.caffeine.cache.Cache;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Keys don't stay in memory. */
class KeyMemoryTest {
  @Test
  void aKeyLeavesTheMemoryAlsoWhenNobodyAsksForIt() throws InterruptedException {
    Cache<String, Object> memory = KeyMemory.lasting(Duration.ofMillis(100)).build();
    memory.put("key", new Object());
    var kept = memory.asMap();
    assertThat(kept).isNotEmpty();

    long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (memory.estimatedSize() > 0) {
      assertThat(System.nanoTime()).isLessThan(deadline);
      Thread.sleep(50);
    }
  }

  @Test
  void noSettingKeepsAKeyForMoreThanAMinute() {
    assertThat(KeyMemory.within(Duration.ofHours(1))).isEqualTo(Duration.ofSeconds(60));
    assertThat(KeyMemory.within(Duration.ofSeconds(5))).isEqualTo(Duration.ofSeconds(5));
  }
}
