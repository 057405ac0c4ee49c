package org.stillpoint.faults;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.restassured.path.json.JsonPath;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A push service as FCM is, for phones by name: one whose name begins with "hang" gets no answer,
 * and now and then any of them gets an error.
 */
final class PushService implements AutoCloseable {
  private static final double ERRORS = 0.05;

  private final HttpServer server;
  private final Collection<Arrival> arrivals = new ConcurrentLinkedQueue<>();

  /**
   * What a phone was handed.
   *
   * @param at by {@link System#nanoTime}
   */
  record Arrival(String phone, String id, long at) {}

  PushService() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1_000);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext(
        "/token",
        exchange ->
            answer(
                exchange,
                200,
                "{\"access_token\":\"t\",\"expires_in\":3600,\"token_type\":\"Bearer\"}"));
    server.createContext("/v1/", this::take);
    server.start();
  }

  String address() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** What an operator gets from the service, to send with. */
  Path account(Path file) throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(2048);
    String key =
        Base64.getEncoder().encodeToString(generator.generateKeyPair().getPrivate().getEncoded());
    return Files.writeString(
        file,
        """
        {"type": "service_account", "project_id": "faults", "private_key_id": "1",
         "private_key": "-----BEGIN PRIVATE KEY-----\\n%s\\n-----END PRIVATE KEY-----\\n",
         "client_email": "faults@example.com", "client_id": "1", "token_uri": "%s/token"}
        """
            .formatted(key, address()));
  }

  List<Arrival> arrivals() {
    return List.copyOf(arrivals);
  }

  private void take(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    JsonPath message = JsonPath.from(body);
    String phone = message.getString("message.token");
    if (phone.startsWith("hang")) {
      hang();
      return;
    }
    if (ThreadLocalRandom.current().nextDouble() < ERRORS) {
      answer(exchange, 503, "{\"error\":{\"code\":503,\"status\":\"UNAVAILABLE\"}}");
      return;
    }
    arrivals.add(new Arrival(phone, message.getString("message.data.id"), System.nanoTime()));
    answer(exchange, 200, "{\"name\":\"projects/faults/messages/1\"}");
  }

  private static void hang() {
    try {
      Thread.sleep(60_000);
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
    }
  }

  private static void answer(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    try (exchange) {
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.sendResponseHeaders(status, bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
