package org.stillpoint.crypto;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Words that a person wrote. It prints as {@code [sensitive]}, so that no log, exception or trace
 * shows them by accident; each place that needs the words says {@link #reveal()}.
 */
@Schema(type = SchemaType.STRING, implementation = String.class)
public final class SensitiveText implements Comparable<SensitiveText> {
  private final String words;

  private SensitiveText(String words) {
    this.words = words;
  }

  @JsonCreator
  public static SensitiveText of(String words) {
    return new SensitiveText(words);
  }

  /** Null stays null, so that optional texts need no branch. */
  public static @Nullable SensitiveText ofNullable(@Nullable String words) {
    return words == null ? null : new SensitiveText(words);
  }

  /** Several short texts as one, each on a line of its own. */
  public static SensitiveText ofLines(List<SensitiveText> lines) {
    return of(lines.stream().map(SensitiveText::reveal).collect(Collectors.joining("\n")));
  }

  /** What was put together of lines; none of an empty text. */
  public List<SensitiveText> lines() {
    return words.lines().map(SensitiveText::of).toList();
  }

  /** The words themselves; for the wire and for storage only. */
  @JsonValue
  public String reveal() {
    return words;
  }

  /** Whether it is the same to whoever hears it: without regard to case and outer spaces. */
  public boolean isLike(SensitiveText other) {
    return words.strip().equalsIgnoreCase(other.words.strip());
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof SensitiveText text && words.equals(text.words);
  }

  @Override
  public int hashCode() {
    return Objects.hashCode(words);
  }

  /** By UTF-16 code units, whatever the language. */
  @Override
  public int compareTo(SensitiveText other) {
    return words.compareTo(other.words);
  }

  @Override
  public String toString() {
    return "[sensitive]";
  }
}
