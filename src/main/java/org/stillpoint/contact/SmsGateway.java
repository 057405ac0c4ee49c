package org.stillpoint.contact;

import java.net.URI;
import java.util.Map;
import org.stillpoint.delivery.Outcome;
import org.stillpoint.delivery.Response;

/** How somebody who sends SMS wants to be asked for it, over HTTP. */
interface SmsGateway {
  /** Whether there is anybody to ask. */
  boolean isSetUp();

  /** The request that sends a text. */
  Post post(String number, String text);

  /** What the answer means. */
  Outcome outcome(Response response);

  /** A request. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Post(URI to, Map<String, String> headers, byte[] body) {
    @Override
    public String toString() {
      return "[sensitive]";
    }
  }
}
