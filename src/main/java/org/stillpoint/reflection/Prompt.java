package org.stillpoint.reflection;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/**
 * What a prompt is, apart from its words. Its sets keep the order of their enums, so that every
 * replica shows the same bytes.
 *
 * @param id permanent, and of neutral words: it may stand in a log or on a screen
 * @param version raised with each change of the words, in any language, or of anything else here
 * @param roles any one of them is enough
 * @param triggers any one of them is enough, and its words may rest on that; with none it fits any
 *     day
 */
record Prompt(
    String id,
    int version,
    Set<PromptRole> roles,
    PromptStage stage,
    Set<PromptTrigger> triggers,
    PromptIntensity intensity) {
  Prompt {
    roles = inOrder(PromptRole.class, roles);
    triggers = inOrder(PromptTrigger.class, triggers);
  }

  private static <E extends Enum<E>> Set<E> inOrder(Class<E> type, Set<E> values) {
    Set<E> ordered = EnumSet.noneOf(type);
    ordered.addAll(values);
    return Collections.unmodifiableSet(ordered);
  }
}
