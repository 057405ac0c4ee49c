package org.stillpoint.contact;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.Optional;

/** The mail server that sends for this server; without its name, there is none. */
@ConfigMapping(prefix = "stillpoint.email")
public interface EmailConfig {
  Optional<String> host();

  @WithDefault("587")
  int port();

  Optional<String> user();

  Optional<String> password();

  /** The bare address from which mails come. */
  Optional<String> from();

  @WithDefault("required")
  Tls tls();

  /** How the way to the mail server is encrypted. */
  enum Tls {
    /** By STARTTLS, or nothing is sent. */
    REQUIRED,
    /** From the first byte, as on port 465. */
    IMPLICIT,
    /** Not at all. */
    NONE
  }
}
