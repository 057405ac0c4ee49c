package org.stillpoint.contact;

import jakarta.inject.Singleton;
import java.net.URI;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.stillpoint.contact.EmailConfig.Tls;

/** Where mails are handed in, and from whom they come. */
@Singleton
class MailServer {
  /** Nobody's, for the sandbox to take. */
  private static final String NOWHERE = "smtp.invalid";

  private final Optional<URI> address;
  private final String from;

  MailServer(EmailConfig config, @ConfigProperty(name = "stillpoint.sandbox") boolean sandbox) {
    this.address =
        config
            .host()
            .or(() -> sandbox ? Optional.of(NOWHERE) : Optional.empty())
            .map(host -> address(config, host));
    this.from = config.from().orElse("nobody@" + NOWHERE);
  }

  private static URI address(EmailConfig config, String host) {
    String scheme = config.tls() == Tls.IMPLICIT ? "smtps" : "smtp";
    return URI.create(scheme + "://" + host + ":" + config.port());
  }

  /** Whether there is one. */
  boolean isSetUp() {
    return address.isPresent();
  }

  URI address() {
    return address.orElseThrow();
  }

  String from() {
    return from;
  }

  /** What stands behind the sender's at sign. */
  String domain() {
    return from.substring(from.indexOf('@') + 1);
  }
}
