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
}
