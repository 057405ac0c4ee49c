package org.stillpoint.delivery;

import io.quarkus.arc.All;
import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Finds the carrier of a parcel. */
@Singleton
public class Carriers {
  private final Map<String, Carrier> byScheme = new HashMap<>();
  private final List<FakeCarrier> fakes;

  Carriers(@All List<Carrier> carriers, @All List<FakeCarrier> fakes) {
    carriers.forEach(carrier -> carrier.schemes().forEach(scheme -> byScheme.put(scheme, carrier)));
    this.fakes = fakes;
  }

  /**
   * Sends it, and waits for the answer; to be called on a virtual thread.
   *
   * @throws UnreachableException when no answer came in time
   */
  public Response send(Parcel parcel) throws UnreachableException, InterruptedException {
    for (FakeCarrier fake : fakes) {
      if (fake.takes(parcel)) {
        return fake.send(parcel);
      }
    }
    Carrier carrier = byScheme.get(parcel.to().getScheme());
    if (carrier == null) {
      throw new UnreachableException("no-carrier");
    }
    return carrier.send(parcel);
  }
}
