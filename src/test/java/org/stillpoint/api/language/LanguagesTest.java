package org.stillpoint.api.language;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LanguagesTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "de|DE",
        "de-AT|DE",
        "fr, es;q=0.8, de;q=0.7|ES",
        "fr|EN",
        "en;q=0.2, es-419;q=0.9|ES",
        "*|EN",
        "de;q=0, es|ES",
        ";;;|EN",
        "x=y;q=zz|EN"
      })
  void theFirstOfOursThatIsAskedForIsSpoken(String header, Language language) {
    assertThat(Languages.of(header)).isEqualTo(language);
  }

  @Test
  void englishIsSpokenUnasked() {
    assertThat(Languages.of((String) null)).isEqualTo(Language.EN);
    assertThat(Languages.of("de,".repeat(400))).isEqualTo(Language.EN);
  }
}
