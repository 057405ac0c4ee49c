package org.stillpoint.checkin;

import java.util.List;

/**
 * What a template is made of, apart from its words.
 *
 * @param version raised with each change of the structure or of the words, in any language
 * @param decides whether something may be decided at the end
 * @param nextAfterDays when it suggests to talk again
 */
record Template(String id, int version, List<Item> items, boolean decides, int nextAfterDays) {
  /** How long the round at the beginning, the decision and the end take, each. */
  static final int ROUND_MINUTES = 5;

  /** How many questions one asks oneself before it begins. */
  static final int READINESS_QUESTIONS = 2;

  /**
   * One thing to talk about.
   *
   * @param turns whether one speaks and another listens, by turns
   * @param questions how many
   */
  record Item(String id, int minutes, boolean turns, AnswerKeeping answers, int questions) {}

  /** All rounds and items together. */
  int minutes() {
    int rounds = decides ? 3 : 2;
    return rounds * ROUND_MINUTES + items.stream().mapToInt(Item::minutes).sum();
  }
}
