package org.stillpoint;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whether it is a sandbox is decided once, however it was written. */
class StartSettingsTest {
  private static final String SANDBOX = "stillpoint.sandbox";
  private static final String OF_PRODUCTION = "%prod.stillpoint.sandbox";

  @AfterEach
  void unset() {
    System.clearProperty(SANDBOX);
    System.clearProperty(OF_PRODUCTION);
  }

  @ParameterizedTest
  @CsvSource({
    "true, true", "TRUE, true", "1, true", "yes, true", "On, true", "' true ', true",
    "false, false", "0, false", "no, false", "off, false", "ture, false", "'', false"
  })
  void everySpellingMeansOneThing(String written, boolean sandbox) {
    System.setProperty(SANDBOX, written);

    assertThat(StartSettings.read().isSandbox()).isEqualTo(sandbox);
  }

  @Test
  void aSettingOfTheProfileThatRunsCounts() {
    System.setProperty(OF_PRODUCTION, "1");

    assertThat(StartSettings.read().isSandbox()).isTrue();
  }
}
