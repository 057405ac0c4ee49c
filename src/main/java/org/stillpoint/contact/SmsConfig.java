package org.stillpoint.contact;

import io.smallrye.config.ConfigMapping;
import java.net.URI;
import java.util.Optional;

/** Who sends SMS for this server; without an address, nobody does. */
@ConfigMapping(prefix = "stillpoint.sms")
public interface SmsConfig {
  /** Where messages are posted to, as Twilio takes them. */
  Optional<URI> url();

  Optional<String> user();

  Optional<String> password();

  /** The number, or the name, that the phone shows as the sender. */
  Optional<String> from();
}
