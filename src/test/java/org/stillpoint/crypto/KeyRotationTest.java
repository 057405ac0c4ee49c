package org.stillpoint.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.is;
import static org.stillpoint.testkit.Api.anonymous;
import static org.stillpoint.testkit.Api.as;

import com.google.crypto.tink.KeysetHandle;
import io.agroal.api.AgroalDataSource;
import io.quarkus.agroal.DataSource;
import io.restassured.http.ContentType;
import jakarta.inject.Inject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.stillpoint.agreement.AgreementVersion;
import org.stillpoint.agreement.Term;
import org.stillpoint.identity.Profile;
import org.stillpoint.pause.TapKey;
import org.stillpoint.testkit.Agreements;
import org.stillpoint.testkit.Couple;
import org.stillpoint.testkit.Json;
import org.stillpoint.testkit.Person;
import org.stillpoint.testkit.SandboxClock;
import org.stillpoint.testkit.StillpointTest;

/** Keys are exchanged while people write, and the old ones are destroyed. */
@StillpointTest
class KeyRotationTest {
  private static final Duration BETWEEN_WRITES = Duration.ofMillis(30);

  @Inject
  @DataSource("owner")
  AgroalDataSource owner;

  @Inject
  @DataSource("worker")
  AgroalDataSource worker;

  @Inject DataKeys keys;
  @Inject ServerKey serverKey;
  @Inject MasterKeys masterKeys;
  @Inject Clock clock;

  private static Path masterKeyFile() {
    return Path.of(ConfigProvider.getConfig().getValue("stillpoint.master-key-file", String.class));
  }

  private MasterKeyRotation.Outcome rotateMasterKeys() {
    return new MasterKeyRotation(worker, masterKeys, Duration.ofDays(30), clock).rotate();
  }

  private static Person named(String name) {
    Person person = Person.adult(name);
    say(person, name);
    return person;
  }

  private static void say(Person person, String name) {
    as(person)
        .contentType(ContentType.JSON)
        .body(Map.of("displayName", name))
        .patch("/v1/me")
        .then()
        .statusCode(200);
  }

  private static String name(Person person) {
    return as(person)
        .get("/v1/me")
        .then()
        .statusCode(200)
        .extract()
        .as(Json.class, Json.READER)
        .get("displayName");
  }

  private void forget() {
    keys.forgetAll();
    serverKey.forget();
  }

  private WrappedKeyset stored(UUID ownerId) throws SQLException {
    try (Connection connection = owner.getConnection();
        PreparedStatement select = connection.prepareStatement(DataKeys.READ)) {
      select.setArray(1, connection.createArrayOf("uuid", new Object[] {ownerId}));
      try (ResultSet row = select.executeQuery()) {
        assertThat(row.next()).isTrue();
        return new WrappedKeyset(row.getBytes(2), row.getString(3));
      }
    }
  }

  private int asOwner(String sql, Object... values) throws SQLException {
    try (Connection connection = owner.getConnection();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < values.length; i++) {
        statement.setObject(i + 1, values[i]);
      }
      return statement.executeUpdate();
    }
  }

  private boolean opens(WrappedKeyset wrapped, UUID ownerId) {
    try {
      return masterKeys.read().unwrap(wrapped, DataKeys.PLACE + ownerId).size() > 0;
    } catch (MasterKeyException e) {
      return false;
    }
  }

  @Test
  @Tag("S33")
  void whoeverWasErasedIsGoneFromTheBackupsTooWithinThirtyDays() throws SQLException {
    // With a key of today, however far other tests have moved the clock.
    rotateMasterKeys();
    Person gone = named("gone");
    Person stays = named("stays");
    WrappedKeyset backup = stored(gone.id());
    asOwner("delete from data_key where owner_id = ?", gone.id());

    SandboxClock.advance(Duration.ofDays(1));
    assertThat(rotateMasterKeys().added()).isTrue();
    assertThat(opens(backup, gone.id())).as("the backup is still read").isTrue();
    SandboxClock.advance(Duration.ofDays(28));
    assertThat(rotateMasterKeys().destroyed()).isNotEmpty();

    assertThat(opens(backup, gone.id())).isFalse();
    forget();
    assertThat(name(stays)).isEqualTo("stays");
    assertThat(opens(stored(stays.id()), stays.id())).isTrue();
  }

  @Test
  @Tag("S33")
  void aMasterKeyThatStillWrapsSomethingIsNotDestroyed() throws SQLException {
    rotateMasterKeys();
    UUID nobody = UUID.randomUUID();
    String old = masterKeys.read().newest();
    asOwner(
        "insert into data_key (owner_id, wrapped, master_key, created_at)"
            + " values (?, '\\x00', ?, now())",
        nobody,
        old);
    try {
      SandboxClock.advance(Duration.ofDays(31));
      var done = rotateMasterKeys();
      assertThat(done.unreadable()).isEqualTo(1);
      assertThat(done.destroyed()).noneMatch(date -> date.toString().equals(old));
      assertThat(((MasterKeyFile) masterKeys).dates())
          .anyMatch(date -> date.toString().equals(old));
    } finally {
      asOwner("delete from data_key where owner_id = ?", nobody);
    }
    assertThat(rotateMasterKeys().destroyed()).anyMatch(date -> date.toString().equals(old));
  }

  @Test
  void replicasShareOneRotation() throws SQLException {
    SandboxClock.advance(Duration.ofDays(1));
    try (Connection another = worker.getConnection()) {
      assertThat(KeyLocks.tryRotation(another)).isTrue();
      assertThat(rotateMasterKeys().busy()).isTrue();
      KeyLocks.endRotation(another);
    }
    assertThat(rotateMasterKeys())
        .satisfies(done -> assertThat(done.busy()).isFalse())
        .satisfies(done -> assertThat(done.added()).isTrue());
    assertThat(rotateMasterKeys().wrapped()).isZero();
  }

  @Test
  @Tag("S33")
  void textsAreSealedAnewWhilePeopleWrite() throws Exception {
    Couple couple = Couple.create();
    Person writer = couple.ana();
    say(writer, "first");
    say(couple.ben(), "Ben");
    String tapKey =
        as(couple.ben())
            .contentType(ContentType.JSON)
            .body(Map.of("label", "bed"))
            .post(couple.path("/tap-keys"))
            .as(Json.class, Json.READER)
            .get("key");
    String agreed =
        couple.path(
            "/terms/"
                + Agreements.firstTerm(
                    Agreements.agreed(couple, Agreements.permits(couple, "time", "walks"))));
    String proposed =
        couple.path(
            "/terms/"
                + Agreements.firstTerm(
                    Agreements.proposed(
                        couple, couple.ben(), Agreements.permits(couple, "touch", "hugs"))));
    WrappedKeyset before = stored(couple.ben().id());
    KeysetHandle old = masterKeys.read().unwrap(before, DataKeys.PLACE + couple.ben().id());

    AtomicBoolean on = new AtomicBoolean(true);
    AtomicInteger written = new AtomicInteger();
    Thread writing =
        Thread.ofVirtual()
            .start(
                () -> {
                  while (on.get()) {
                    String name = "name " + (written.get() + 1);
                    say(writer, name);
                    written.incrementAndGet();
                    assertThat(name(writer)).isEqualTo(name);
                    // So that no machine is so fast that it meets the limit of requests.
                    LockSupport.parkNanos(BETWEEN_WRITES.toNanos());
                  }
                });
    DataKeyRotation.Outcome done;
    try {
      done =
          new DataKeyRotation(
                  owner,
                  masterKeys,
                  List.of(Profile.SEALED, TapKey.SEALED, Term.SEALED, AgreementVersion.SEALED),
                  "select true",
                  new DataKeyRotation.Waits(Duration.ofSeconds(2), Duration.ofSeconds(1)),
                  clock)
              .rotate();
    } finally {
      assertThat(writing.isAlive()).as("every write and read succeeded").isTrue();
      on.set(false);
      writing.join();
    }

    assertThat(done.busy()).isFalse();
    assertThat(done.sealed()).isGreaterThanOrEqualTo(2);
    forget();
    assertThat(name(writer)).isEqualTo("name " + written.get());
    assertThat(name(couple.ben())).isEqualTo("Ben");
    as(couple.ben()).get(couple.path("/tap-keys")).then().body("data.label", is(List.of("bed")));
    as(writer).get(agreed).then().statusCode(200);
    as(writer).get(proposed).then().statusCode(200);
    as(writer).get(couple.path("/agreements")).then().statusCode(200);
    anonymous().header("Tap-Key", tapKey).post("/v1/taps").then().statusCode(200);
    KeysetHandle anew =
        masterKeys.read().unwrap(stored(couple.ben().id()), DataKeys.PLACE + couple.ben().id());
    assertThat(anew.size()).isEqualTo(1);
    assertThat(anew.getPrimary().getId()).isNotEqualTo(old.getPrimary().getId());
  }

  @Test
  @Tag("S1")
  void aTapNeedsNoDataKey() throws Exception {
    Couple couple = Couple.create();
    say(couple.ana(), "Ana");
    Path kept = masterKeyFile().resolveSibling("kept.json");
    Files.move(masterKeyFile(), kept);
    try {
      keys.forgetAll();
      couple.tap(couple.ana());
      as(couple.ana()).get("/v1/me").then().statusCode(500);
    } finally {
      Files.move(kept, masterKeyFile());
    }
    assertThat(name(couple.ana())).isEqualTo("Ana");
  }
}
