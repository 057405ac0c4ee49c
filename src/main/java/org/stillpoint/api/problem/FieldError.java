package org.stillpoint.api.problem;

import org.jspecify.annotations.Nullable;

/**
 * One thing that is wrong with a request, and where.
 *
 * @param pointer the JSON pointer of a member of the body
 * @param parameter {@code ?name} of a query parameter, or the name of a header
 * @param flaw what is wrong, when it is one of the general flaws
 * @param text what is wrong, in words that are already in the caller's language
 */
public record FieldError(
    @Nullable String pointer,
    @Nullable String parameter,
    @Nullable Flaw flaw,
    @Nullable String text) {

  /** A flaw of a member of the body. */
  public static FieldError member(String pointer, Flaw flaw) {
    return new FieldError(pointer, null, flaw, null);
  }

  /** A flaw of a member of the body, in words. */
  public static FieldError member(String pointer, String text) {
    return new FieldError(pointer, null, null, text);
  }

  /** A flaw of a query parameter. */
  public static FieldError query(String name, Flaw flaw) {
    return new FieldError(null, "?" + name, flaw, null);
  }

  /** A flaw of a header. */
  public static FieldError header(String name, Flaw flaw) {
    return new FieldError(null, name, flaw, null);
  }
}
