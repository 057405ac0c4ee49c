package org.stillpoint.webhook;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.UUID;
import org.stillpoint.crypto.ServerKey;

/** Seals what is secret about an endpoint by the server's key. */
@Singleton
class WebhookSeal {
  private final ServerKey key;
  private final ObjectMapper json;

  WebhookSeal(ServerKey key, ObjectMapper json) {
    this.key = key;
    this.json = json;
  }

  byte[] seal(WebhookTarget target, String clientId, UUID endpointId) {
    try {
      return key.seal(json.writeValueAsBytes(target), place(clientId, endpointId));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A webhook's target can't be written", e);
    }
  }

  WebhookTarget open(byte[] sealed, String clientId, UUID endpointId) {
    try {
      return json.readValue(key.open(sealed, place(clientId, endpointId)), WebhookTarget.class);
    } catch (IOException e) {
      throw new IllegalStateException("A webhook's target can't be read", e);
    }
  }

  private static String place(String clientId, UUID endpointId) {
    return "webhook_endpoint.sealed/" + clientId + "/" + endpointId;
  }
}
