package org.stillpoint.delivery;

/** No answer came. Its reason is a word of ours, never an address. */
public class UnreachableException extends Exception {
  private static final long serialVersionUID = 1L;

  /**
   * Why.
   *
   * @param reason such as {@code timeout}, {@code refused} or {@code not-public}
   */
  public UnreachableException(String reason) {
    super(reason);
  }

  /** Whether somebody was waited for in vain, who would keep others waiting as well. */
  public boolean isSlow() {
    return "timeout".equals(getMessage()) || "unresolved".equals(getMessage());
  }
}
