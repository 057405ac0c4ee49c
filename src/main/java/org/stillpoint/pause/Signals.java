package org.stillpoint.pause;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.ResourceBundle;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.annotations.extensions.Extension;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.stillpoint.api.language.Language;

/**
 * The default signal set: a word, a colour, a cue without words and a discreet text for each kind
 * of pause, in every language. It is there from the first second of a relationship.
 */
final class Signals {
  private static final Map<Language, List<Signal>> SETS =
      Arrays.stream(Language.values())
          .collect(Collectors.toUnmodifiableMap(language -> language, Signals::read));

  private Signals() {}

  @Schema(name = "Signal", description = "What the members agreed to say, show or do.")
  record Signal(
      @Schema(
              required = true,
              description = "The pause that it raises.",
              examples = "red",
              extensions =
                  @Extension(
                      name = "x-extensible-enum",
                      value = "[\"yellow\", \"pause\", \"red\"]",
                      parseValue = true))
          String kind,
      @Schema(required = true, description = "The word to say.", examples = "Red") String word,
      @Schema(
              required = true,
              examples = "red",
              extensions =
                  @Extension(
                      name = "x-extensible-enum",
                      value = "[\"green\", \"yellow\", \"red\"]",
                      parseValue = true))
          String colour,
      @Schema(
              required = true,
              description = "What to do when speaking isn't possible.",
              examples = "Drop what is in your hand, or tap three times.")
          String cue,
      @Schema(
              required = true,
              description = "What the others' phones show: it tells a stranger nothing.",
              examples = "Please stop for today and wait for word.")
          String discreetText) {}

  static List<Signal> in(Language language) {
    return SETS.getOrDefault(language, List.of());
  }

  /** The discreet text for a pause of this kind. */
  static String discreetText(PauseKind kind, Language language) {
    return in(language).stream()
        .filter(signal -> signal.kind().equals(kind.wireName()))
        .map(Signal::discreetText)
        .findFirst()
        .orElseThrow();
  }

  private static List<Signal> read(Language language) {
    ResourceBundle texts =
        ResourceBundle.getBundle(
            "signals",
            language.locale(),
            ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
    return Arrays.stream(PauseKind.values()).map(kind -> signal(kind, texts)).toList();
  }

  private static Signal signal(PauseKind kind, ResourceBundle texts) {
    String key = kind.name().toLowerCase(Locale.ROOT);
    return new Signal(
        kind.wireName(),
        texts.getString(key + ".word"),
        kind == PauseKind.YELLOW ? "yellow" : "red",
        texts.getString(key + ".cue"),
        texts.getString(key + ".discreet"));
  }
}
