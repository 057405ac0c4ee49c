package org.stillpoint.api.problem;

/** Something with a sentence in every language: English here, the others under its key. */
interface Worded {
  /** The key of the translations. */
  String key();

  /** The sentence in English. */
  String english();
}
