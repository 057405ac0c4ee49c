package org.stillpoint;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;

/** The application's entry. */
@QuarkusMain
public final class Stillpoint {
  private Stillpoint() {}

  /** Starts Stillpoint and returns when it has ended. */
  public static void main(String[] args) {
    Quarkus.run(args);
  }
}
