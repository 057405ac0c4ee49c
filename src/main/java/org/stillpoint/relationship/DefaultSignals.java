package org.stillpoint.relationship;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.ResourceBundle;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.extensions.Extension;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.stillpoint.api.language.Language;

/**
 * The default signal set: a word, a colour, a cue without words and a discreet text for each kind
 * of pause, in every language. It is there from the first second of a relationship.
 */
public final class DefaultSignals {
  private static final Map<Language, List<Signal>> SETS =
      Arrays.stream(Language.values())
          .collect(Collectors.toUnmodifiableMap(language -> language, DefaultSignals::read));

  private DefaultSignals() {}

  @Schema(name = "Signal", description = "What the members agreed to say, show or do.")
  public record Signal(
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

  /** From the weakest to the strongest. */
  public static List<Signal> in(Language language) {
    return SETS.getOrDefault(language, List.of());
  }

  /** The discreet text for a pause of the kind with this name on the wire. */
  public static String discreetText(String kind, Language language) {
    return in(language).stream()
        .filter(signal -> signal.kind().equals(kind))
        .map(Signal::discreetText)
        .findFirst()
        .orElseThrow();
  }

  /** All that is told of signals in a language. */
  public static ResourceBundle texts(Language language) {
    return ResourceBundle.getBundle(
        "signals",
        language.locale(),
        ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
  }

  private static List<Signal> read(Language language) {
    ResourceBundle texts = texts(language);
    return Stream.of("yellow", "pause", "red").map(kind -> signal(kind, texts)).toList();
  }

  private static Signal signal(String kind, ResourceBundle texts) {
    return new Signal(
        kind,
        texts.getString(kind + ".word"),
        kind.equals("yellow") ? "yellow" : "red",
        texts.getString(kind + ".cue"),
        texts.getString(kind + ".discreet"));
  }
}
