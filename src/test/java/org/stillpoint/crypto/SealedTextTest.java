package org.stillpoint.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;
import static org.stillpoint.testkit.Api.as;

import io.agroal.api.AgroalDataSource;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.agroal.DataSource;
import io.restassured.http.ContentType;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.stillpoint.testkit.CapturedLog;
import org.stillpoint.testkit.Couple;
import org.stillpoint.testkit.Json;
import org.stillpoint.testkit.Person;
import org.stillpoint.testkit.StillpointTest;
import org.stillpoint.testkit.StoredWords;

/** What a person wrote is sealed under their own key, for the place where it is stored. */
@StillpointTest
class SealedTextTest {
  private final String words = "words-" + UUID.randomUUID().toString().substring(0, 13);

  @Inject
  @DataSource("owner")
  AgroalDataSource owner;

  @Inject DataKeys keys;
  @Inject MeterRegistry metrics;

  private Couple couple;

  @BeforeEach
  void bothSayWhoTheyAre() {
    couple = Couple.create();
    say(couple.ana(), words);
    say(couple.ben(), "Ben");
  }

  private static void say(Person person, String name) {
    as(person)
        .contentType(ContentType.JSON)
        .body(Map.of("displayName", name, "pronouns", "they/them", "roleLabel", "switch"))
        .patch("/v1/me")
        .then()
        .statusCode(200)
        .body("displayName", is(name));
  }

  private void label(Person person, String label) {
    as(person)
        .contentType(ContentType.JSON)
        .body(Map.of("label", label))
        .post(couple.path("/tap-keys"))
        .then()
        .statusCode(201);
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

  @Test
  void whoMayReadItReadsItAndNobodyElse() {
    as(couple.ben())
        .get(couple.path("/members"))
        .then()
        .statusCode(200)
        .body("data.displayName", is(List.of(words, "Ben")))
        .body("data.roleLabel", is(List.of("switch", "switch")));
    String code = couple.invitation(couple.ana()).getString("code");
    as(Person.adult("cem")).get("/v1/invitations/{code}", code).then().statusCode(404);
  }

  @Test
  void aPreviewShowsWhomOneWouldJoin() {
    Person dora = Person.adult("dora");
    say(dora, "Dora");
    UUID begun = Couple.begin(dora);
    String code =
        as(dora)
            .post("/v1/relationships/{r}/invitations", begun)
            .then()
            .extract()
            .as(Json.class, Json.READER)
            .get("code");

    as(Person.adult("emil"))
        .get("/v1/invitations/{code}", code)
        .then()
        .statusCode(200)
        .body("members[0].displayName", is("Dora"));
  }

  @Test
  @Tag("S33")
  void nothingThatWasWrittenIsReadableInTheDatabaseOrInItsFiles() throws Exception {
    label(couple.ana(), words);

    assertThat(StoredWords.columnsWith(words)).isEmpty();
    Path files =
        Path.of(ConfigProvider.getConfig().getValue("stillpoint.folder", String.class))
            .resolve("database/data");
    assertThat(anyHolds(files, couple.ana().subject())).as("the files are read").isTrue();
    assertThat(anyHolds(files, words)).isFalse();
  }

  private static boolean anyHolds(Path folder, String text) throws IOException {
    try (Stream<Path> found = Files.walk(folder)) {
      for (Path file : found.filter(Files::isRegularFile).toList()) {
        if (holds(file, text)) {
          return true;
        }
      }
      return false;
    }
  }

  private static boolean holds(Path file, String text) throws IOException {
    try {
      return Files.readString(file, StandardCharsets.ISO_8859_1).contains(text);
    } catch (java.nio.file.NoSuchFileException gone) {
      return false;
    }
  }

  @Test
  @Tag("S33")
  void theLengthOfALabelTellsNothing() throws SQLException {
    as(couple.ben())
        .contentType(ContentType.JSON)
        .body(Map.of("roleLabel", "top"))
        .patch("/v1/me")
        .then()
        .statusCode(200);

    assertThat(
            asOwner(
                "update member a set issuer = a.issuer from member b where a.id = ? and b.id = ?"
                    + " and length(a.role_label) = length(b.role_label)",
                couple.ana().id(),
                couple.ben().id()))
        .isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "update member set pronouns = display_name where id = ?",
        "update member set display_name = role_label where id = ?",
        "update member a set display_name = b.display_name from member b, membership m, membership n"
            + " where a.id = ? and m.member_id = a.id and n.relationship_id = m.relationship_id"
            + " and b.id = n.member_id and b.id <> a.id",
        "update member set words_version = words_version + 1 where id = ?",
        "update member set display_name = set_byte(display_name, 20, get_byte(display_name, 20) # 1)"
            + " where id = ?",
        "update member set display_name = '' where id = ?"
      })
  @Tag("S33")
  void whatWasMovedOrChangedIsRefusedAndReported(String attack) throws SQLException {
    double before = refused();
    assertThat(asOwner(attack, couple.ana().id())).isEqualTo(1);

    CapturedLog log = CapturedLog.begin();
    try {
      String answer = as(couple.ana()).get("/v1/me").then().statusCode(500).extract().asString();

      assertThat(answer).contains("internal-error").doesNotContain("Ben", words, "detail");
      assertThat(refused()).isGreaterThan(before);
      assertThat(log.text())
          .contains("A text in member.")
          .doesNotContain(words)
          .doesNotContain(couple.ana().id().toString());
    } finally {
      log.close();
    }
    as(couple.ben()).get("/v1/me").then().statusCode(200).body("displayName", is("Ben"));
  }

  private double refused() {
    return metrics.get("stillpoint.sealed.refused").counter().count();
  }

  @Test
  @Tag("S33")
  void whatWasTakenBackCantBePutBack() throws SQLException {
    byte[] before = displayName();
    say(couple.ana(), "Ana");
    assertThat(
            asOwner("update member set display_name = ? where id = ?", before, couple.ana().id()))
        .isEqualTo(1);

    as(couple.ana()).get("/v1/me").then().statusCode(500);
  }

  private byte[] displayName() throws SQLException {
    try (Connection connection = owner.getConnection();
        PreparedStatement select =
            connection.prepareStatement("select display_name from member where id = ?")) {
      select.setObject(1, couple.ana().id());
      try (var row = select.executeQuery()) {
        row.next();
        return row.getBytes(1);
      }
    }
  }

  @Test
  @Tag("S33")
  void theLabelOfATapKeyIsBoundToItsKey() throws SQLException {
    label(couple.ana(), "bed");
    label(couple.ana(), "watch");
    as(couple.ana())
        .get(couple.path("/tap-keys"))
        .then()
        .body("data.label", is(List.of("bed", "watch")));

    asOwner(
        "update tap_key a set label = b.label from tap_key b where a.member_id = ?"
            + " and b.member_id = a.member_id and a.id <> b.id",
        couple.ana().id());
    as(couple.ana()).get(couple.path("/tap-keys")).then().statusCode(500);
  }

  @Test
  @Tag("S33")
  void aDataKeyOpensInItsOwnRowOnly() throws SQLException {
    asOwner(
        "update data_key a set wrapped = b.wrapped from data_key b"
            + " where a.owner_id = ? and b.owner_id = ?",
        couple.ana().id(),
        couple.ben().id());
    keys.forgetAll();

    as(couple.ana()).get("/v1/me").then().statusCode(500);
    as(couple.ben()).get("/v1/me").then().statusCode(200);
  }

  @Test
  @Tag("S33")
  void withoutItsKeyNothingOpens() throws SQLException {
    assertThat(asOwner("delete from data_key where owner_id = ?", couple.ana().id())).isEqualTo(1);
    keys.forgetAll();

    as(couple.ana()).get("/v1/me").then().statusCode(500);
    as(couple.ben()).get(couple.path("/members")).then().statusCode(500);
  }

  @Test
  void whoSaysNothingNeedsNoKey() throws SQLException {
    Person silent = Person.adult("silent");
    as(silent).get("/v1/me").then().statusCode(200).body("displayName", nullValue());

    assertThat(asOwner("delete from data_key where owner_id = ?", silent.id())).isZero();
  }

  @Test
  @Tag("S35")
  void aKeyWhoseFirstTextWasRolledBackIsNotRemembered() {
    Person ana = Person.adult("ana");
    as(ana)
        .contentType(ContentType.JSON)
        .body(Map.of("displayName", "Ana", "timeZone", "Mars/Olympus"))
        .patch("/v1/me")
        .then()
        .statusCode(400);

    say(ana, "Ana");
    keys.forgetAll();
    as(ana).get("/v1/me").then().statusCode(200).body("displayName", is("Ana"));
  }
}
