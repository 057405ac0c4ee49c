package org.stillpoint.agreement;

import com.fasterxml.jackson.annotation.JsonProperty;

/** The name of an enum's constant in answers: the one under which requests know it. */
final class WireName {
  private WireName() {}

  static String of(Enum<?> constant) {
    try {
      return constant
          .getDeclaringClass()
          .getField(constant.name())
          .getAnnotation(JsonProperty.class)
          .value();
    } catch (NoSuchFieldException e) {
      throw new IllegalStateException(e);
    }
  }
}
