package org.stillpoint.checkin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.stillpoint.api.language.Language;
import org.stillpoint.checkin.Template.Item;

/** What is suggested is humane in its times, whole in every language, and accuses nobody. */
class TemplateCatalogueTest {
  private static final Path DIGESTS =
      Path.of("src", "test", "resources", "check-in-template-digests.txt");

  /** What nobody is ever asked for, in any language. */
  private static final List<String> NEVER_ASKED =
      List.of(
          "apolog",
          "forgiv",
          "sorry",
          "fault",
          "guilt",
          "safeword",
          "safe word",
          "punish",
          "score",
          "out of ten",
          "entschuldig",
          "verzeih",
          "vergib",
          "vergeb",
          "schuld",
          "bestraf",
          "punkte",
          "disculp",
          "perdón",
          "perdon",
          "culpa",
          "castig",
          "puntos");

  static List<Template> templates() {
    return TemplateCatalogue.all();
  }

  @ParameterizedTest
  @EnumSource
  void everyTextIsThereAndNoneIsLeftOver(Language language) {
    Set<String> expected = new TreeSet<>(Set.of("readiness.introduction", "turn-taking"));
    templates().forEach(template -> expected.addAll(keys(template)));

    assertThat(new TreeSet<>(TemplateTexts.in(language).keys())).isEqualTo(expected);
  }

  private static List<String> keys(Template template) {
    List<String> keys =
        new ArrayList<>(
            List.of(
                "title",
                "purpose",
                "when",
                "not-for",
                "readiness.1",
                "readiness.2",
                "next",
                "closing"));
    if (template.decides()) {
      keys.add("decision");
    }
    for (Item item : template.items()) {
      String prefix = "item." + item.id() + ".";
      keys.add(prefix + "title");
      keys.add(prefix + "need");
      for (int question = 1; question <= item.questions(); question++) {
        keys.add(prefix + "question." + question);
      }
    }
    return keys.stream().map(key -> template.id() + "." + key).toList();
  }

  @ParameterizedTest
  @EnumSource
  void everyTextIsASentenceThatAPhoneCanShow(Language language) {
    TemplateTexts texts = TemplateTexts.in(language);
    for (String key : texts.keys()) {
      String text = texts.common(key);
      assertThat(text).as(key).isNotBlank().isEqualTo(text.strip()).hasSizeLessThanOrEqualTo(400);
      if (key.endsWith(".title")) {
        assertThat(text).as(key).matches("[\\p{L} ,-]+").hasSizeLessThanOrEqualTo(60);
      } else if (key.contains(".question.") || key.matches(".+\\.readiness\\.\\d")) {
        assertThat(text).as(key).endsWith("?");
      } else {
        assertThat(text).as(key).matches("(?s).*[.?]");
      }
    }
  }

  @Test
  void everyTextIsTranslated() {
    for (String key : TemplateTexts.in(Language.EN).keys()) {
      assertThat(Arrays.stream(Language.values()).map(TemplateTexts::in).map(in -> in.common(key)))
          .as(key)
          .doesNotHaveDuplicates();
    }
  }

  @Test
  void everyTemplateHasANameOfItsOwn() {
    assertThat(templates())
        .extracting(Template::id)
        .doesNotHaveDuplicates()
        .allMatch(id -> id.matches("[a-z]+(-[a-z]+)*"))
        .containsExactly(
            "first-talk",
            "follow-up",
            "agreement-review",
            "after-closeness",
            "re-entry-step",
            "ordinary-rhythm",
            "return-after-a-pause");
  }

  @ParameterizedTest
  @MethodSource("templates")
  void aTalkEndsWithinTheHour(Template template) {
    assertThat(template.minutes()).isBetween(20, 60);
    assertThat(template.items()).hasSizeBetween(2, 5);
    assertThat(template.nextAfterDays()).isBetween(1, 60);
    assertThat(template.version()).isPositive();
  }

  @ParameterizedTest
  @MethodSource("templates")
  void anItemHasTimeEnoughAndFewQuestions(Template template) {
    assertThat(template.items()).extracting(Item::id).doesNotHaveDuplicates();
    for (Item item : template.items()) {
      assertThat(item.id()).matches("[a-z]+(-[a-z]+)*");
      assertThat(item.questions()).as(item.id()).isBetween(1, 3);
      assertThat(item.minutes()).as(item.id()).isBetween(5, 15);
    }
  }

  /** What somebody feels or wishes is answered before it is known what the others answer. */
  @ParameterizedTest
  @MethodSource("templates")
  @Tag("S22")
  void nobodyAnswersToPlease(Template template) {
    assertThat(template.items()).extracting(Item::answers).contains(AnswerKeeping.SEALED);
    if (template.id().equals("re-entry-step")) {
      assertThat(template.items())
          .filteredOn(item -> Set.of("own-wish", "the-step").contains(item.id()))
          .extracting(Item::answers)
          .containsExactly(AnswerKeeping.PRIVATE, AnswerKeeping.SEALED);
    }
  }

  @ParameterizedTest
  @EnumSource
  @Tag("S24")
  @Tag("S26")
  void nobodyIsAskedForAnApologyOrToCompare(Language language) {
    TemplateTexts texts = TemplateTexts.in(language);
    // That a talk is not about this may be said.
    texts.keys().stream()
        .filter(key -> !key.endsWith(".not-for"))
        .forEach(
            key ->
                assertThat(NEVER_ASKED)
                    .as(key)
                    .noneMatch(texts.common(key).toLowerCase(Locale.ROOT)::contains));
  }

  /** Whoever has a version has what it says: what is shown changes with its number only. */
  @Test
  void nothingThatIsShownChangesWithoutANewVersion() throws IOException {
    List<String> shown =
        templates().stream()
            .map(template -> template.id() + " " + template.version() + " " + digest(template))
            .toList();

    assertThat(Files.readAllLines(DIGESTS))
        .as("Raise the version of what changed, and put its digest there")
        .isEqualTo(shown);
  }

  private static String digest(Template template) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      Stream.of(Language.values())
          .map(language -> CheckInTemplateView.of(template, TemplateTexts.in(language)))
          .map(TemplateCatalogueTest::json)
          .forEach(view -> digest.update(view.getBytes(StandardCharsets.UTF_8)));
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String json(CheckInTemplateView view) {
    try {
      return new ObjectMapper().writeValueAsString(view);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
