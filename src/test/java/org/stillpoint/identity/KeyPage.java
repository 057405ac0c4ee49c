package org.stillpoint.identity;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.JsonWebKeySet;
import org.jspecify.annotations.Nullable;

/** A login service's page of keys, over real HTTP. They change, and the page may be away. */
public class KeyPage implements QuarkusTestResourceLifecycleManager {
  private final AtomicInteger asked = new AtomicInteger();
  private volatile String keys = new JsonWebKeySet().toJson();
  private volatile int maxAge = 1;
  private volatile boolean away;
  private @Nullable HttpServer server;

  @Override
  public Map<String, String> start() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/keys", this::answer);
    server.start();
    return Map.of(
        "stillpoint.token.jwks",
        "http://127.0.0.1:" + server.getAddress().getPort() + "/keys",
        "stillpoint.token.keys-read-every",
        "1s");
  }

  private void answer(HttpExchange exchange) throws IOException {
    asked.incrementAndGet();
    try (exchange) {
      if (away) {
        exchange.sendResponseHeaders(503, -1);
        return;
      }
      byte[] body = keys.getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().add("Content-Type", "application/json");
      exchange.getResponseHeaders().add("Cache-Control", "max-age=" + maxAge);
      exchange.sendResponseHeaders(200, body.length);
      exchange.getResponseBody().write(body);
    }
  }

  /** Shows these keys and no others, to be kept for so many seconds. */
  void publish(int seconds, JsonWebKey... published) {
    keys = new JsonWebKeySet(List.of(published)).toJson();
    maxAge = seconds;
  }

  void away(boolean isAway) {
    away = isAway;
  }

  /** How often it was asked for. */
  int asked() {
    return asked.get();
  }

  @Override
  public void inject(TestInjector tests) {
    tests.injectIntoFields(this, new TestInjector.MatchesType(KeyPage.class));
  }

  @Override
  public void stop() {
    if (server != null) {
      server.stop(0);
    }
  }
}
