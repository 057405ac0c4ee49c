package org.stillpoint.delivery;

import java.util.Set;

/** How an attempt to hand something over ended. */
public enum Outcome {
  HANDED_OVER,
  /** The target is no more. */
  GONE,
  /** This can never be handed over. */
  REFUSED,
  /** It is to be tried again. */
  LATER;

  private static final Set<Integer> AGAIN = Set.of(401, 402, 403, 407, 408, 425, 429);

  /**
   * As HTTP says it, for carriers without habits of their own. Whoever isn't let in is the sender,
   * whose settings may be mended while the notice is worth it.
   */
  public static Outcome ofHttp(int status) {
    if (status >= 200 && status < 300) {
      return HANDED_OVER;
    }
    if (status == 404 || status == 410) {
      return GONE;
    }
    return AGAIN.contains(status) || status >= 500 ? LATER : REFUSED;
  }
}
