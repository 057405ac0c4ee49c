package org.stillpoint.sandbox;

import jakarta.inject.Singleton;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import org.stillpoint.delivery.Delivery;
import org.stillpoint.delivery.DeliveryChannel;
import org.stillpoint.delivery.Outcome;
import org.stillpoint.delivery.Parcel;
import org.stillpoint.delivery.Response;

/** The phone of everybody who has set up none: what it would show can be read at once. */
@Singleton
class SandboxPhone implements DeliveryChannel {
  private static final URI ADDRESS = URI.create("sandbox:phone");

  @Override
  public String name() {
    return "sandbox";
  }

  @Override
  public Optional<Parcel> parcel(Delivery delivery) {
    return Optional.of(
        new Parcel(
            name(),
            delivery.event().recipient(),
            delivery.targetId(),
            delivery.event().id(),
            ADDRESS,
            Map.of(),
            new byte[0],
            Parcel.Trust.OPERATOR,
            delivery.notice().get(),
            delivery.isUrgent()));
  }

  @Override
  public Outcome outcome(Response response) {
    return Outcome.ofHttp(response.status());
  }

  /** It can't be lost. */
  @Override
  public void gone(Delivery delivery) {}
}
