package org.stillpoint.device;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** Google, on this machine: it gives out access tokens, and takes messages. */
final class GoogleServer implements AutoCloseable {
  static final String PROJECT = "our-project";
  static final String ACCOUNT = "push@our-project.iam.gserviceaccount.com";
  static final String KEY_ID = "1f2e3d4c";
  static final KeyPair KEY = key();

  private static final ObjectMapper JSON = new ObjectMapper();

  final Queue<String> assertions = new ConcurrentLinkedQueue<>();
  final Queue<Pushed> pushed = new ConcurrentLinkedQueue<>();

  /** What the next messages are answered; accepted when there is nothing. */
  final Queue<Answer> answers = new ConcurrentLinkedQueue<>();

  volatile int tokenLivesSeconds = 3_600;
  volatile boolean tokensHang;
  volatile boolean tokensRefused;

  private final CountDownLatch end = new CountDownLatch(1);
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final HttpServer server;

  /** What was sent. */
  record Pushed(String method, String path, String authorization, String body) {}

  record Answer(int status, String body) {
    /** As Google writes its errors. */
    static Answer error(int status, String errorCode) {
      return new Answer(
          status,
          """
          {"error": {"code": %d, "message": "No.", "status": "SOME_STATUS", "details": [
            {"@type": "type.googleapis.com/google.rpc.BadRequest"},
            {"@type": "type.googleapis.com/google.firebase.fcm.v1.FcmError", "errorCode": "%s"}]}}
          """
              .formatted(status, errorCode));
    }
  }

  GoogleServer() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 0);
    server.setExecutor(threads);
    server.createContext("/token", this::giveToken);
    server.createContext("/v1/", this::take);
    server.start();
  }

  private static KeyPair key() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(2048);
      return generator.generateKeyPair();
    } catch (java.security.NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  URI address() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** The key of a service account that gets its tokens here, as Google gives it out. */
  Path write(Path file) throws IOException {
    return write(file, address() + "/token");
  }

  static Path write(Path file, String tokenUri) throws IOException {
    String key =
        "-----BEGIN PRIVATE KEY-----\n"
            + Base64.getMimeEncoder().encodeToString(KEY.getPrivate().getEncoded())
            + "\n-----END PRIVATE KEY-----\n";
    return Files.write(
        file,
        JSON.writeValueAsBytes(
            Map.of(
                "type",
                "service_account",
                "project_id",
                PROJECT,
                "private_key_id",
                KEY_ID,
                "private_key",
                key,
                "client_email",
                ACCOUNT,
                "client_id",
                "1234567890",
                "token_uri",
                tokenUri)));
  }

  private void giveToken(HttpExchange exchange) throws IOException {
    Map<String, String> form = new HashMap<>();
    for (String field : read(exchange).split("&", -1)) {
      String[] parts = field.split("=", 2);
      form.put(parts[0], URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
    }
    assertions.add(form.getOrDefault("assertion", ""));
    if (tokensHang) {
      await();
    }
    if (tokensRefused) {
      answer(exchange, 400, "{\"error\": \"invalid_grant\"}");
    } else {
      answer(
          exchange,
          200,
          "{\"access_token\": \"token-%d\", \"token_type\": \"Bearer\", \"expires_in\": %d}"
              .formatted(assertions.size(), tokenLivesSeconds));
    }
  }

  private void take(HttpExchange exchange) throws IOException {
    pushed.add(
        new Pushed(
            exchange.getRequestMethod(),
            exchange.getRequestURI().toString(),
            String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")),
            read(exchange)));
    Answer answer = answers.poll();
    if (answer == null) {
      answer(exchange, 200, "{\"name\": \"projects/our-project/messages/1\"}");
    } else {
      answer(exchange, answer.status(), answer.body());
    }
  }

  private static String read(HttpExchange exchange) throws IOException {
    return new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
  }

  private static void answer(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  private void await() {
    try {
      boolean _ = end.await(1, TimeUnit.MINUTES);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    end.countDown();
    server.stop(0);
    threads.close();
  }
}
