package org.stillpoint.api.problem;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.stillpoint.api.language.Language;

class TranslationsTest {
  static List<Worded> sentences() {
    return new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("org.stillpoint")
            .stream()
            .filter(found -> found.isEnum() && found.isAssignableTo(Worded.class))
            .map(JavaClass::reflect)
            .flatMap(type -> Stream.of(type.getEnumConstants()))
            .map(Worded.class::cast)
            .toList();
  }

  @ParameterizedTest
  @MethodSource("sentences")
  void everySentenceIsThereInEveryLanguage(Worded sentence) {
    assertThat(Translations.find(sentence, Language.DE)).isNotBlank();
    assertThat(Translations.find(sentence, Language.ES)).isNotBlank();
    assertThat(sentence.english()).endsWith(".").doesNotContain("\n");
  }

  @Test
  void noTranslationIsLeftOfASentenceThatIsGone() {
    var keys = new TreeSet<String>();
    sentences().forEach(sentence -> keys.add(sentence.key()));

    assertThat(Translations.keys(Language.DE)).isEqualTo(keys);
    assertThat(Translations.keys(Language.ES)).isEqualTo(keys);
  }

  @Test
  void everyCodeMeansOneThing() {
    assertThat(sentences()).extracting(Worded::key).doesNotHaveDuplicates();
  }
}
