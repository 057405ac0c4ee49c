package org.stillpoint.contact;

import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import org.stillpoint.crypto.RandomSecret;
import org.stillpoint.delivery.Delivery;
import org.stillpoint.delivery.DeliveryChannel;
import org.stillpoint.delivery.Outcome;
import org.stillpoint.delivery.Parcel;
import org.stillpoint.delivery.Response;

/** The same text by e-mail, under a subject that is the same for all (S30). */
@Singleton
class EmailChannel implements DeliveryChannel {
  private final MailServer server;
  private final Letters letters;

  EmailChannel(MailServer server, Letters letters) {
    this.server = server;
    this.letters = letters;
  }

  @Override
  public String name() {
    return Medium.EMAIL.wireName();
  }

  @Override
  public Optional<Parcel> parcel(Delivery delivery) {
    if (!server.isSetUp()) {
      return Optional.empty();
    }
    return letters.of(delivery).map(letter -> parcel(delivery, letter));
  }

  private Parcel parcel(Delivery delivery, Letters.Letter letter) {
    return new Parcel(
        name(),
        delivery.event().recipient(),
        delivery.targetId(),
        delivery.event().id(),
        server.address(),
        Map.of(
            "From",
            server.from(),
            "To",
            letter.to(),
            "Subject",
            letter.subject(),
            "Message-ID",
            messageId(delivery),
            "Auto-Submitted",
            "auto-generated"),
        letter.text().getBytes(StandardCharsets.UTF_8),
        Parcel.Trust.OPERATOR,
        letter.text(),
        delivery.isUrgent());
  }

  /** The same when it comes again, so that a mailbox can tell; of each recipient another. */
  private String messageId(Delivery delivery) {
    byte[] hash = RandomSecret.hash(delivery.event().id() + "/" + delivery.targetId());
    return "<" + HexFormat.of().formatHex(hash, 0, 16) + "@" + server.domain() + ">";
  }

  @Override
  public Outcome outcome(Response response) {
    return Outcome.ofHttp(response.status());
  }

  @Override
  public void gone(Delivery delivery) {
    letters.gone(delivery);
  }
}
