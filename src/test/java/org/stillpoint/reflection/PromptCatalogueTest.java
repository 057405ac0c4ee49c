package org.stillpoint.reflection;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.stillpoint.reflection.PromptIntensity.GENTLE;
import static org.stillpoint.reflection.PromptRole.ANY;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.stillpoint.api.language.Language;

/**
 * There is something for everybody at every stage, whole in every language, and it presses nobody.
 */
class PromptCatalogueTest {
  private static final Path DIGESTS = Path.of("src", "test", "resources", "prompt-digests.txt");

  /** Three are suggested a day, and none of them twice within it. */
  private static final int A_FORTNIGHT = 14 * 3;

  private static List<Prompt> prompts() {
    return PromptCatalogue.all();
  }

  private static long count(Predicate<Prompt> which) {
    return prompts().stream().filter(which).count();
  }

  private static boolean isGentle(Prompt prompt) {
    return prompt.intensity() == GENTLE;
  }

  private static boolean isGentleForAll(Prompt prompt) {
    return isGentle(prompt) && prompt.roles().contains(ANY);
  }

  @ParameterizedTest
  @EnumSource
  void everyTextIsThereAndNoneIsLeftOver(Language language) {
    Set<String> expected = new TreeSet<>();
    prompts()
        .forEach(
            prompt -> expected.addAll(List.of(prompt.id() + ".text", prompt.id() + ".not-for")));

    assertThat(new TreeSet<>(PromptTexts.in(language).keys())).isEqualTo(expected);
  }

  /** Of two lines with one key the latter would win in silence. */
  @ParameterizedTest
  @EnumSource
  void everyTextIsWrittenOnceInTheOrderOfTheCatalogue(Language language) throws IOException {
    Path file = Path.of("src", "main", "resources", "prompts_" + language.tag() + ".properties");
    List<String> written =
        Files.readAllLines(file).stream()
            .filter(line -> !line.isBlank())
            .map(line -> line.substring(0, line.indexOf(" = ")))
            .toList();

    assertThat(written)
        .isEqualTo(
            prompts().stream()
                .flatMap(prompt -> Stream.of(prompt.id() + ".text", prompt.id() + ".not-for"))
                .toList());
  }

  @ParameterizedTest
  @EnumSource
  void everyTextIsASentenceThatAPhoneCanShow(Language language) {
    PromptTexts texts = PromptTexts.in(language);
    for (Prompt prompt : prompts()) {
      assertThat(texts.text(prompt))
          .as(prompt.id())
          .isEqualTo(texts.text(prompt).strip())
          .matches("[\\p{Lu}¿].*[.?]")
          .contains("?")
          .hasSizeBetween(20, 240);
      assertThat(texts.notFor(prompt))
          .as(prompt.id())
          .isEqualTo(texts.notFor(prompt).strip())
          .matches("(Not|Nicht|Keine?|No)\\b[^.?]*\\.")
          .hasSizeBetween(15, 120);
    }
  }

  @ParameterizedTest
  @EnumSource
  void noPromptRepeatsAnother(Language language) {
    PromptTexts texts = PromptTexts.in(language);
    assertThat(prompts().stream().flatMap(prompt -> words(prompt, texts))).doesNotHaveDuplicates();
  }

  private static Stream<String> words(Prompt prompt, PromptTexts texts) {
    return Stream.of(texts.text(prompt), texts.notFor(prompt));
  }

  @Test
  void everyTextIsTranslated() {
    List<PromptTexts> all = Arrays.stream(Language.values()).map(PromptTexts::in).toList();
    for (Prompt prompt : prompts()) {
      assertThat(all.stream().flatMap(texts -> words(prompt, texts)))
          .as(prompt.id())
          .doesNotHaveDuplicates();
    }
  }

  @Test
  void everyPromptHasANameOfItsOwnAndItsPlace() {
    assertThat(prompts())
        .hasSizeGreaterThanOrEqualTo(84)
        .allMatch(prompt -> prompt.version() >= 1)
        .isSortedAccordingTo(Comparator.comparing(Prompt::stage))
        .extracting(Prompt::id)
        .doesNotHaveDuplicates()
        .allMatch(id -> id.matches("[a-z]+(-[a-z]+)*"));
  }

  @ParameterizedTest
  @EnumSource
  void everyStageHasEnough(PromptStage stage) {
    assertThat(count(prompt -> prompt.stage() == stage)).isGreaterThanOrEqualTo(8);
  }

  @ParameterizedTest
  @EnumSource
  void afterEverythingThatHappensThereIsEnoughAndMostOfItIsGentle(PromptTrigger trigger) {
    Predicate<Prompt> follows = prompt -> prompt.triggers().contains(trigger);
    assertThat(count(follows)).isGreaterThanOrEqualTo(6);
    assertThat(count(follows.and(PromptCatalogueTest::isGentle))).isGreaterThanOrEqualTo(4);
  }

  @ParameterizedTest
  @EnumSource
  void everyRoleHasEnough(PromptRole role) {
    assertThat(count(prompt -> prompt.roles().contains(role))).isGreaterThanOrEqualTo(8);
  }

  @Test
  void whatIsForAllIsForNobodyInParticular() {
    assertThat(prompts())
        .noneMatch(prompt -> prompt.roles().isEmpty())
        .noneMatch(prompt -> prompt.roles().contains(ANY) && prompt.roles().size() > 1);
  }

  @ParameterizedTest
  @EnumSource(names = {"PAUSE", "AFTERCARE"})
  void whoeverNeedsRestIsAskedGently(PromptStage stage) {
    assertThat(prompts())
        .filteredOn(prompt -> prompt.stage() == stage)
        .allMatch(PromptCatalogueTest::isGentle);
  }

  /** Whoever has no label and no side, and to whom nothing has happened, is asked something new. */
  @Test
  void anOrdinaryDayHasSomethingForAnybody() {
    assertThat(count(prompt -> prompt.roles().contains(ANY) && prompt.triggers().isEmpty()))
        .isGreaterThanOrEqualTo(A_FORTNIGHT + 3);
  }

  @ParameterizedTest
  @EnumSource(names = {"PAUSE_RAISED", "PAUSE_RECEIVED"})
  void aPauseHasSomethingGentleForEveryDay(PromptTrigger pause) {
    assertThat(
            count(
                prompt ->
                    isGentleForAll(prompt)
                        && (prompt.triggers().isEmpty() || prompt.triggers().contains(pause))))
        .isGreaterThanOrEqualTo(A_FORTNIGHT);
  }

  @ParameterizedTest
  @EnumSource
  @Tag("S24")
  @Tag("S26")
  void nobodyIsPressedAccusedOrCompared(Language language) {
    PromptTexts texts = PromptTexts.in(language);
    for (Prompt prompt : prompts()) {
      assertThat(NeverSaid.anywhere(language).matcher(texts.text(prompt)).results())
          .as(prompt.id())
          .isEmpty();
      assertThat(NeverSaid.anywhere(language).matcher(texts.notFor(prompt)).results())
          .as(prompt.id())
          .isEmpty();
      // That a prompt is not for this may be said.
      assertThat(NeverSaid.asked(language).matcher(texts.text(prompt)).results())
          .as(prompt.id())
          .isEmpty();
    }
  }

  /** A list that recognises nothing would let everything pass. */
  @Test
  void theListsKnowWhatTheyLookFor() {
    assertKnown(
        NeverSaid.anywhere(Language.EN),
        "Can you forgive?",
        "What would let you trust them again?",
        "What would you score today?",
        "How does it compare?",
        "What does he need?",
        "Are you grateful?",
        "Which safeword came?");
    assertKnown(
        NeverSaid.asked(Language.EN),
        "What should you have said?",
        "Why didn't a signal come?",
        "Would you apologise?",
        "Could you have stopped sooner?");
    assertKnown(
        NeverSaid.anywhere(Language.DE),
        "Kannst du verzeihen?",
        "Was würdest du vergeben?",
        "Wie viele Punkte?",
        "Was ergibt der Vergleich?",
        "Was braucht er/sie?",
        "Wann kannst du wieder vertrauen?",
        "Wofür bist du dankbar?");
    assertKnown(
        NeverSaid.asked(Language.DE),
        "Was hättest du sagen sollen?",
        "Warum hast du nichts gesagt?",
        "Wofür entschuldigst du dich?",
        "Was ist dein Anteil?");
    assertKnown(
        NeverSaid.anywhere(Language.ES),
        "¿Puedes perdonar?",
        "¿Qué perdón darías?",
        "¿Cuántos puntos serían?",
        "¿Cómo se compara?",
        "¿Estás cansado?",
        "¿Qué querría tu pareja?",
        "¿Qué agradeces?");
    assertKnown(
        NeverSaid.asked(Language.ES),
        "¿Qué deberías haber dicho?",
        "¿Por qué no avisaste?",
        "¿Te disculpas?",
        "¿Tuviste la culpa?");
    assertThat("¿Qué te gustaría compartir? Solo tú lo sabes.")
        .doesNotContainPattern(NeverSaid.anywhere(Language.ES));
  }

  private static void assertKnown(Pattern list, String... sentences) {
    assertThat(sentences).allSatisfy(sentence -> assertThat(sentence).containsPattern(list));
  }

  @Test
  void namesOnTheWireAreTheSameEverywhere() throws JsonProcessingException {
    assertNames(PromptRole.values(), PromptRole::wireName, PromptRole.WIRE_NAMES);
    assertNames(PromptStage.values(), PromptStage::wireName, PromptStage.WIRE_NAMES);
    assertNames(PromptTrigger.values(), PromptTrigger::wireName, PromptTrigger.WIRE_NAMES);
    assertNames(PromptIntensity.values(), PromptIntensity::wireName, PromptIntensity.WIRE_NAMES);
  }

  private static <E> void assertNames(E[] values, Function<E, String> name, String documented)
      throws JsonProcessingException {
    ObjectMapper json = new ObjectMapper();
    List<String> names = Stream.of(values).map(name).toList();
    assertThat(json.writeValueAsString(names)).isEqualTo(json.writeValueAsString(values));
    assertThat(json.readTree(documented)).isEqualTo(json.valueToTree(names));
  }

  /** Whoever has a version has what it says: what is shown changes with its number only. */
  @Test
  void nothingThatIsShownChangesWithoutANewVersion() throws IOException {
    List<String> shown =
        prompts().stream()
            .map(prompt -> prompt.id() + " " + prompt.version() + " " + digest(prompt))
            .toList();

    assertThat(Files.readAllLines(DIGESTS))
        .as("Raise the version of what changed, and put its digest there")
        .isEqualTo(shown);
  }

  private static String digest(Prompt prompt) {
    String shown =
        Stream.concat(
                Stream.of(
                    prompt.roles().stream().map(PromptRole::wireName).collect(joining(" ")),
                    prompt.stage().wireName(),
                    prompt.triggers().stream().map(PromptTrigger::wireName).collect(joining(" ")),
                    prompt.intensity().wireName()),
                Stream.of(Language.values())
                    .flatMap(language -> words(prompt, PromptTexts.in(language))))
            .collect(joining("\n"));
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(shown.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
