package org.stillpoint.delivery;

/** How an attempt to hand something over ended. */
public enum Outcome {
  HANDED_OVER,
  /** The target is no more. */
  GONE,
  /** This can never be handed over. */
  REFUSED,
  /** It is to be tried again. */
  LATER;

  /** As HTTP says it, for carriers without habits of their own. */
  public static Outcome ofHttp(int status) {
    if (status >= 200 && status < 300) {
      return HANDED_OVER;
    }
    if (status == 404 || status == 410) {
      return GONE;
    }
    return status == 408 || status == 429 || status >= 500 ? LATER : REFUSED;
  }
}
