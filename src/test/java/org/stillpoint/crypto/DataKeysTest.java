package org.stillpoint.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agroal.api.AgroalDataSource;
import io.quarkus.agroal.DataSource;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.inject.Inject;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.stillpoint.testkit.StillpointTest;

/** Data keys follow the transaction in which they are made or destroyed. */
@StillpointTest
class DataKeysTest {
  @Inject
  @DataSource("owner")
  AgroalDataSource owner;

  @Inject TransactionSynchronizationRegistry transaction;
  @Inject MasterKeys masterKeys;
  @Inject KeysConfig config;
  @Inject Clock clock;

  private final AtomicInteger connections = new AtomicInteger();
  private DataKeys keys;

  @BeforeEach
  void keysThatRowLevelSecurityDoesNotHide() {
    javax.sql.DataSource counted =
        (javax.sql.DataSource)
            Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {javax.sql.DataSource.class},
                (_, method, arguments) -> {
                  connections.incrementAndGet();
                  return method.invoke(owner, arguments);
                });
    keys = new DataKeys(counted, transaction, masterKeys, config, clock);
  }

  private UUID made() {
    UUID id = UUID.randomUUID();
    QuarkusTransaction.requiringNew().run(() -> keys.toSeal(id));
    return id;
  }

  private static void rolledBack(Runnable work) {
    assertThatThrownBy(
            () ->
                QuarkusTransaction.requiringNew()
                    .run(
                        () -> {
                          work.run();
                          throw new UnsupportedOperationException("not after all");
                        }))
        .hasStackTraceContaining("not after all");
  }

  @Test
  void theKeysOfAPageAreReadInOneGo() {
    List<UUID> members = Stream.generate(this::made).limit(12).toList();
    keys.forgetAll();
    connections.set(0);

    keys.prepare(members);
    assertThat(members).allMatch(member -> keys.toOpen(member).isPresent());
    keys.prepare(members);

    assertThat(connections).hasValue(1);
  }

  @Test
  @Tag("S33")
  void aKeyThatWasDestroyedIsGoneAtOnce() {
    UUID id = made();
    assertThat(keys.toOpen(id)).isPresent();

    QuarkusTransaction.requiringNew().run(() -> keys.destroy(id));

    assertThat(keys.toOpen(id)).isEmpty();
  }

  @Test
  void aKeyWhoseDestructionWasRolledBackIsStillThere() {
    UUID id = made();

    rolledBack(() -> keys.destroy(id));

    assertThat(keys.toOpen(id)).isPresent();
  }

  @Test
  void aKeyWhoseMakingWasRolledBackIsNotRemembered() throws Exception {
    UUID id = UUID.randomUUID();
    byte[] place = {1};
    rolledBack(() -> assertThat(keys.toSeal(id)).isSameAs(keys.toSeal(id)));
    assertThat(keys.toOpen(id)).isEmpty();

    byte[] sealed =
        QuarkusTransaction.requiringNew().call(() -> keys.toSeal(id).encrypt(place, place));
    keys.forgetAll();
    assertThat(keys.toOpen(id).orElseThrow().decrypt(sealed, place)).isEqualTo(place);
  }

  @Test
  void ofTwoWhoMakeAKeyAtOnceBothGetTheSame() throws Exception {
    UUID id = UUID.randomUUID();
    byte[] place = {1};
    byte[][] sealed = new byte[2][];
    Thread[] both = new Thread[2];
    for (int i = 0; i < both.length; i++) {
      int each = i;
      both[i] =
          Thread.ofPlatform()
              .start(
                  () ->
                      sealed[each] =
                          QuarkusTransaction.requiringNew()
                              .call(() -> keys.toSeal(id).encrypt(place, place)));
    }
    for (Thread each : both) {
      each.join();
    }

    for (byte[] each : sealed) {
      assertThat(keys.toOpen(id).orElseThrow().decrypt(each, place)).isEqualTo(place);
    }
  }
}
