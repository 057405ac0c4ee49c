package org.stillpoint.identity;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.security.Key;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jboss.logging.Logger;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwx.JsonWebStructure;
import org.jose4j.keys.resolvers.JwksVerificationKeyResolver;
import org.jose4j.keys.resolvers.VerificationKeyResolver;
import org.jose4j.lang.JoseException;
import org.jose4j.lang.UnresolvableKeyException;

/**
 * The keys of the issuer. They are read again every few minutes, so that a key that was withdrawn
 * is believed no longer than that, and when a token names a key that isn't known, so that a
 * rotation shuts nobody out. They are read in the background: a thread that serves requests never
 * waits for the issuer. While the issuer can't be reached, the last keys hold.
 */
@Startup
@Singleton
public class IssuerKeys implements VerificationKeyResolver, AutoCloseable {
  private static final Logger LOG = Logger.getLogger(IssuerKeys.class);

  /** Tokens with made-up keys must not become requests to the issuer, one for each. */
  private static final Duration GAP = Duration.ofSeconds(2);

  private record KeySet(List<JsonWebKey> keys, VerificationKeyResolver resolver) {
    KeySet(List<JsonWebKey> keys) {
      this(keys, new JwksVerificationKeyResolver(keys));
    }

    boolean has(String id) {
      return keys.stream().anyMatch(key -> id.equals(key.getKeyId()));
    }

    boolean isSameAs(KeySet other) {
      return toJson().equals(other.toJson());
    }

    private String toJson() {
      return new JsonWebKeySet(keys).toJson(JsonWebKey.OutputControlLevel.PUBLIC_ONLY);
    }
  }

  private final KeySource source;
  private final ScheduledExecutorService reader =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("issuer-keys").daemon().factory());
  private final AtomicInteger generation = new AtomicInteger();
  private volatile boolean unread;
  private volatile KeySet known = new KeySet(List.of());
  private CompletableFuture<Void> reading = CompletableFuture.completedFuture(null);
  private long lastAsked = System.nanoTime() - GAP.toNanos();

  @Inject
  IssuerKeys(TokenConfig config) {
    this(KeySource.at(config.jwks()), config.keysReadEvery());
  }

  IssuerKeys(KeySource source, Duration pause) {
    this.source = source;
    var _ = reader.scheduleWithFixedDelay(this::read, 0, pause.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** A number that changes with the keys. */
  int generation() {
    return generation.get();
  }

  @Override
  public Key resolveKey(JsonWebSignature signature, List<JsonWebStructure> nesting)
      throws UnresolvableKeyException {
    return known.resolver().resolveKey(signature, nesting);
  }

  /** Ends when the key that this token names is known, or was looked for. */
  CompletionStage<Void> lookFor(String token) {
    String id = keyId(token);
    return id.isEmpty() || known.has(id) ? CompletableFuture.completedFuture(null) : readSoon();
  }

  private static String keyId(String token) {
    try {
      JsonWebSignature signature = new JsonWebSignature();
      signature.setCompactSerialization(token);
      String id = signature.getKeyIdHeaderValue();
      return id == null ? "" : id;
    } catch (JoseException noToken) {
      return "";
    }
  }

  private synchronized CompletableFuture<Void> readSoon() {
    if (reading.isDone() && System.nanoTime() - lastAsked >= GAP.toNanos()) {
      lastAsked = System.nanoTime();
      reading = CompletableFuture.runAsync(this::read, reader);
    }
    return reading;
  }

  private void read() {
    try {
      KeySet published = new KeySet(new JsonWebKeySet(source.read()).getJsonWebKeys());
      if (!published.isSameAs(known)) {
        known = published;
        generation.incrementAndGet();
      }
      unread = false;
    } catch (IOException | JoseException | RuntimeException e) {
      if (!unread) {
        LOG.warnf("The issuer's keys can't be read, the last hold: %s", e.getClass().getName());
      }
      unread = true;
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
    }
  }

  void onShutdown(@Observes ShutdownEvent event) {
    close();
  }

  @Override
  public void close() {
    reader.shutdownNow();
  }
}
