package org.stillpoint.process;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
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
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;

/**
 * What is handed over to, as far as it is elsewhere: a push service as FCM is, for phones by name,
 * of which some get no answer; and the server of an app, which takes webhooks.
 */
public final class Receiver implements AutoCloseable {
  /** How the name of a phone begins that gets no answer. */
  public static final String HANGING = "a-hanging-phone-";

  private final double errors;
  private final HttpServer server;
  private final Collection<Arrival> arrivals = new ConcurrentLinkedQueue<>();

  /**
   * What was handed over.
   *
   * @param phone its name; empty for a webhook
   * @param id of the event
   * @param at by {@link System#nanoTime}
   */
  public record Arrival(String phone, String id, long at) {}

  /**
   * Takes what comes.
   *
   * @param errors how many of the notices for phones are answered with an error, of one
   */
  public Receiver(double errors) throws IOException {
    this.errors = errors;
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
    server.createContext("/hooks", this::takeWebhook);
    server.start();
  }

  /** Where it is. */
  public String address() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** The settings of a server that sends to this app's phones. */
  public Map<String, String> settings(String client, Path folder) throws Exception {
    String prefix = "STILLPOINT_PUSH_FCM__" + client.toUpperCase(Locale.ROOT);
    return Map.of(
        prefix + "__SERVICE_ACCOUNT_FILE",
        account(folder.resolve("account.json")).toString(),
        prefix + "__SERVER",
        address());
  }

  /** What an operator gets from the service, to send with. */
  private Path account(Path file) throws Exception {
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

  /** All that came, in its order. */
  public List<Arrival> arrivals() {
    return List.copyOf(arrivals);
  }

  private void take(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    String phone = Phone.member(body, "token");
    if (phone.startsWith(HANGING)) {
      hang();
      return;
    }
    if (ThreadLocalRandom.current().nextDouble() < errors) {
      answer(exchange, 503, "{\"error\":{\"code\":503,\"status\":\"UNAVAILABLE\"}}");
      return;
    }
    arrivals.add(new Arrival(phone, Phone.member(body, "id"), System.nanoTime()));
    answer(exchange, 200, "{\"name\":\"projects/faults/messages/1\"}");
  }

  private void takeWebhook(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    arrivals.add(new Arrival("", Phone.member(body, "id"), System.nanoTime()));
    try (exchange) {
      exchange.sendResponseHeaders(204, -1);
    }
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
