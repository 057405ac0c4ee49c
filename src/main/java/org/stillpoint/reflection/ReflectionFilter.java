package org.stillpoint.reflection;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import org.stillpoint.crypto.SensitiveText;
import org.stillpoint.reflection.ReflectionContent.About;

/**
 * Which reflections of one's own are looked for; null is any.
 *
 * @param from the first day that they may be about
 * @param to the last
 */
record ReflectionFilter(
    @Nullable ReflectionKind kind,
    @Nullable String promptId,
    @Nullable SensitiveText tag,
    @Nullable LocalDate from,
    @Nullable LocalDate to) {
  boolean matches(About about) {
    return (kind == null || kind == about.kind())
        && (promptId == null || about.prompt() != null && about.prompt().id().equals(promptId))
        && (tag == null || about.tags().stream().anyMatch(tag::isLike))
        && (from == null || !about.date().isBefore(from))
        && (to == null || !about.date().isAfter(to));
  }
}
