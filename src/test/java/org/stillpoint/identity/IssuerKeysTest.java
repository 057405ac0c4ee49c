package org.stillpoint.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jose4j.jwk.EcJwkGenerator;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.keys.EllipticCurves;
import org.jose4j.lang.JoseException;
import org.jose4j.lang.UnresolvableKeyException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The issuer changes its keys, is away, or takes its time. */
class IssuerKeysTest {
  private static final Duration NEVER = Duration.ofHours(1);
  private static final Duration OFTEN = Duration.ofMillis(50);

  private final AtomicInteger asked = new AtomicInteger();
  private volatile String published = new JsonWebKeySet().toJson();
  private volatile boolean away;

  private String read() throws IOException {
    asked.incrementAndGet();
    if (away) {
      throw new IOException("away");
    }
    return published;
  }

  private void publish(PublicJsonWebKey... keys) {
    published = new JsonWebKeySet(List.of(keys)).toJson();
  }

  private static PublicJsonWebKey key(String id) throws JoseException {
    PublicJsonWebKey key = EcJwkGenerator.generateJwk(EllipticCurves.P256);
    key.setKeyId(id);
    key.setAlgorithm("ES256");
    return key;
  }

  private static String token(PublicJsonWebKey key) throws JoseException {
    JsonWebSignature signature = new JsonWebSignature();
    signature.setPayload("{}");
    signature.setKeyIdHeaderValue(key.getKeyId());
    signature.setAlgorithmHeaderValue("ES256");
    signature.setKey(key.getPrivateKey());
    return signature.getCompactSerialization();
  }

  /** As a request does it: looks for the key, then verifies. */
  private static void accept(IssuerKeys keys, String token) throws Exception {
    keys.lookFor(token).toCompletableFuture().get(5, TimeUnit.SECONDS);
    JsonWebSignature signature = new JsonWebSignature();
    signature.setCompactSerialization(token);
    signature.setKey(keys.resolveKey(signature, List.of()));
    assertThat(signature.verifySignature()).isTrue();
  }

  @Test
  @Tag("S1")
  void aNewKeyIsKnownWithTheFirstTokenThatNamesIt() throws Exception {
    PublicJsonWebKey old = key("old");
    PublicJsonWebKey fresh = key("fresh");
    publish(old);
    try (IssuerKeys keys = new IssuerKeys(this::read, NEVER)) {
      accept(keys, token(old));
      int generation = keys.generation();
      publish(old, fresh);
      Thread.sleep(2_100);

      accept(keys, token(fresh));
      accept(keys, token(old));
      assertThat(keys.generation()).isNotEqualTo(generation);
    }
  }

  @Test
  void aKeyThatWasWithdrawnIsForgotten() throws Exception {
    PublicJsonWebKey stolen = key("stolen");
    publish(stolen);
    try (IssuerKeys keys = new IssuerKeys(this::read, OFTEN)) {
      accept(keys, token(stolen));
      int generation = keys.generation();
      publish(key("another"));
      Thread.sleep(OFTEN.multipliedBy(20));

      assertThat(keys.generation()).isNotEqualTo(generation);
      assertThatThrownBy(() -> accept(keys, token(stolen)))
          .isInstanceOf(UnresolvableKeyException.class);
    }
  }

  @Test
  void madeUpKeysDoNotBecomeRequests() throws Exception {
    publish(key("known"));
    try (IssuerKeys keys = new IssuerKeys(this::read, NEVER)) {
      long began = System.nanoTime();
      for (int i = 0; i < 200; i++) {
        String token = token(key("made-up-" + i));
        assertThatThrownBy(() -> accept(keys, token)).isInstanceOf(UnresolvableKeyException.class);
      }
      long seconds = Duration.ofNanos(System.nanoTime() - began).toSeconds();
      assertThat(asked.get()).isLessThanOrEqualTo((int) seconds / 2 + 2);
    }
  }

  @Test
  @Tag("S1")
  void theLastKeysHoldWhileTheIssuerIsAway() throws Exception {
    PublicJsonWebKey known = key("known");
    publish(known);
    try (IssuerKeys keys = new IssuerKeys(this::read, OFTEN)) {
      accept(keys, token(known));
      away = true;
      int before = asked.get();
      Thread.sleep(OFTEN.multipliedBy(20));

      assertThat(asked.get()).isGreaterThan(before);
      accept(keys, token(known));
      published = "<html>An error</html>";
      away = false;
      Thread.sleep(OFTEN.multipliedBy(20));
      accept(keys, token(known));
    }
  }

  @Test
  @Tag("S1")
  void anIssuerThatTakesItsTimeHoldsUpNobodyWhoseKeyIsKnown() throws Exception {
    PublicJsonWebKey known = key("known");
    publish(known);
    CountDownLatch slow = new CountDownLatch(1);
    AtomicInteger reads = new AtomicInteger();
    KeySource source =
        () -> {
          if (reads.incrementAndGet() > 1) {
            slow.await();
          }
          return published;
        };
    try (IssuerKeys keys = new IssuerKeys(source, NEVER)) {
      // Read at the start: a token that is quicker would ask, and use up the one look that is slow.
      for (int i = 0; i < 500 && keys.generation() == 0; i++) {
        Thread.sleep(10);
      }
      accept(keys, token(known));
      var waiting = keys.lookFor(token(key("unknown"))).toCompletableFuture();

      assertThat(waiting).isNotDone();
      assertThat(keys.lookFor(token(known)).toCompletableFuture()).isDone();
      slow.countDown();
      waiting.get(5, TimeUnit.SECONDS);
    }
  }
}
