package org.stillpoint.contact;

import jakarta.inject.Singleton;
import java.util.Optional;
import org.stillpoint.delivery.Delivery;
import org.stillpoint.delivery.DeliveryChannel;
import org.stillpoint.delivery.Outcome;
import org.stillpoint.delivery.Parcel;
import org.stillpoint.delivery.Response;

/** A text of the neutral list, or an agreed signal's, by SMS; nothing more (S30). */
@Singleton
class SmsChannel implements DeliveryChannel {
  private final SmsGateway gateway;
  private final Letters letters;

  SmsChannel(SmsGateway gateway, Letters letters) {
    this.gateway = gateway;
    this.letters = letters;
  }

  @Override
  public String name() {
    return Medium.SMS.wireName();
  }

  @Override
  public Optional<Parcel> parcel(Delivery delivery) {
    if (!gateway.isSetUp()) {
      return Optional.empty();
    }
    return letters.of(delivery).map(letter -> parcel(delivery, letter));
  }

  private Parcel parcel(Delivery delivery, Letters.Letter letter) {
    SmsGateway.Post post = gateway.post(letter.to(), letter.text());
    return new Parcel(
        name(),
        delivery.event().recipient(),
        delivery.targetId(),
        delivery.event().id(),
        post.to(),
        post.headers(),
        post.body(),
        Parcel.Trust.OPERATOR,
        letter.text(),
        delivery.isUrgent());
  }

  @Override
  public Outcome outcome(Response response) {
    return gateway.outcome(response);
  }

  @Override
  public void gone(Delivery delivery) {
    letters.gone(delivery);
  }
}
