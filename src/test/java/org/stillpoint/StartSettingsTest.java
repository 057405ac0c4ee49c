package org.stillpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whether it is a sandbox is decided once, however it was written. */
class StartSettingsTest {
  private static final String SANDBOX = "stillpoint.sandbox";
  private static final String OF_PRODUCTION = "%prod.stillpoint.sandbox";

  private static final List<String> SENDERS =
      List.of(
          "stillpoint.sms.url",
          "stillpoint.sms.from",
          "stillpoint.email.host",
          "stillpoint.email.from");

  @AfterEach
  void unset() {
    System.clearProperty(SANDBOX);
    System.clearProperty(OF_PRODUCTION);
    SENDERS.forEach(System::clearProperty);
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

  @Test
  void whoeverSendsIsNamed() {
    System.setProperty(SANDBOX, "false");
    System.setProperty("stillpoint.sms.url", "https://sms.example.org/");
    System.setProperty("stillpoint.email.host", "mail.example.org");
    System.setProperty("stillpoint.email.from", "Notices <notices@example.org>");
    assertThat(StartSettings.read().objections())
        .anyMatch(objection -> objection.contains("stillpoint.sms.from"))
        .anyMatch(objection -> objection.contains("stillpoint.email.from"));

    System.setProperty("stillpoint.sms.from", "+1555");
    System.setProperty("stillpoint.email.from", "notices@example.org");
    assertThat(StartSettings.read().objections())
        .noneMatch(objection -> objection.contains("stillpoint.sms"))
        .noneMatch(objection -> objection.contains("stillpoint.email"));
  }
}
