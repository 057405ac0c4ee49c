package org.stillpoint.delivery;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URI;
import java.util.Map;
import java.util.UUID;
import org.stillpoint.delivery.Parcel.Trust;

/** Parcels full of what isn't for logs. */
final class Parcels {
  static final String CANARY = "canary";

  private Parcels() {}

  /** To an address that anybody gave. */
  static Parcel to(String address) {
    return to(address, Trust.ANYBODY, false);
  }

  static Parcel to(String address, Trust trust, boolean urgent) {
    return with(Map.of("X-Signature", CANARY), address, trust, urgent);
  }

  static Parcel with(Map<String, String> headers, String address, Trust trust, boolean urgent) {
    return new Parcel(
        "webhook",
        UUID.randomUUID(),
        UUID.randomUUID(),
        UUID.randomUUID(),
        URI.create(address),
        headers,
        ("{\"a\":\"" + CANARY + "\"}").getBytes(UTF_8),
        trust,
        "",
        urgent);
  }
}
