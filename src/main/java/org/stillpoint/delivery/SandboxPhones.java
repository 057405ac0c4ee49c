package org.stillpoint.delivery;

import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** In a sandbox, everybody without a device has a phone there. */
@Singleton
public class SandboxPhones {
  private final boolean on;

  SandboxPhones(@ConfigProperty(name = "stillpoint.sandbox") boolean on) {
    this.on = on;
  }

  /** Whether this is a sandbox. */
  public boolean areOn() {
    return on;
  }
}
