package org.stillpoint.api.problem;

import java.util.Locale;

/**
 * A kind of failure that a feature owns, as an enum constant. Its name is its permanent code; its
 * German and Spanish titles stand under that code in {@code problems_de.properties} and {@code
 * problems_es.properties}.
 */
public interface ProblemType extends Worded {
  /** The name of the enum constant. */
  String name();

  /** The HTTP status of the answer. */
  int status();

  /** One sentence in English that says what the caller can do. */
  String title();

  /** The permanent code: the constant's name in kebab case. */
  default String code() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  @Override
  default String key() {
    return code();
  }

  @Override
  default String english() {
    return title();
  }

  /** The failure to throw. */
  default ProblemException exception() {
    return new ProblemException(this);
  }
}
