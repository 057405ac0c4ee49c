package org.stillpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.stillpoint.testkit.Api.as;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.restassured.http.ContentType;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.stillpoint.testkit.Couple;
import org.stillpoint.testkit.EventStreamClient;
import org.stillpoint.testkit.Inbox;
import org.stillpoint.testkit.Person;
import org.stillpoint.testkit.Practices;
import org.stillpoint.testkit.StillpointTest;

/** Whoever glances at a phone, or carries an event, learns nothing from it. */
@StillpointTest
class NoticeTest {
  private static final String[] EVENT = {"id", "type", "occurredAt", "relationshipId", "resource"};

  private Couple couple;

  @BeforeEach
  void aFreshCouple() {
    couple = Couple.create();
  }

  @ParameterizedTest
  @ValueSource(strings = {"en", "de", "es"})
  @Tag("S30")
  void aPhoneShowsTheAgreedTextInItsOwnersLanguageAndNothingElse(String language)
      throws IOException {
    String other = "en".equals(language) ? "de" : "en";
    say(couple.ana(), Map.of("displayName", "Ana of the sea", "locale", other));
    say(couple.ben(), Map.of("locale", language));
    String neutral = text("notices", language, "notice");

    UUID pause = Couple.id(couple.tap(couple.ana(), "red").path("id"));
    couple.lift(couple.ana(), pause);
    couple.leave(couple.ana());

    assertThat(Inbox.texts(couple.ben(), 3))
        .containsExactlyInAnyOrder(text("signals", language, "red.discreet"), neutral, neutral);
  }

  @Test
  @Tag("S30")
  void anEventSaysWhatHappenedToWhichThingAndNoMore() throws IOException {
    couple.invitation(couple.ana());
    Practices.granted(couple, Practices.practitioner(), "pauses");
    UUID pause = couple.tap(couple.ana());
    as(couple.ben()).put(couple.path("/pauses/" + pause + "/acknowledgement"));
    couple.lift(couple.ana(), pause);

    JsonNode events = new ObjectMapper().readTree(as(couple.ana()).get("/v1/events").asString());

    assertThat(events.get("data")).hasSizeGreaterThanOrEqualTo(3);
    events.get("data").forEach(NoticeTest::assertThin);
  }

  /** It rings for the question alone, and says no more than for anything else. */
  @Test
  @Tag("S30")
  void aPhoneDoesNotSayThatAPractitionerIsToRead() throws IOException {
    say(couple.ben(), Map.of("locale", "de"));
    Person dora = Practices.practitioner();
    UUID grant = Practices.granted(couple, dora, "pauses");
    Practices.end(couple, couple.ben(), grant).then().statusCode(204);
    UUID own = Practices.own(couple.ana(), dora, "pauses");
    couple.lift(couple.ana(), Couple.id(couple.tap(couple.ana(), "red").path("id")));

    assertThat(Inbox.texts(couple.ben(), 3))
        .containsExactlyInAnyOrder(
            text("notices", "de", "notice"),
            text("signals", "de", "red.discreet"),
            text("notices", "de", "notice"));
    assertThat(Inbox.texts(dora, 0)).isEmpty();
    assertThat(as(dora).get("/v1/events").asString())
        .contains("practice.changed")
        .doesNotContain(
            grant.toString(),
            own.toString(),
            couple.relationship().toString(),
            couple.ana().id().toString(),
            couple.ben().id().toString());
  }

  @Test
  @Tag("S30")
  void anEventOfTheStreamSaysNoMoreThanOneOfTheList() {
    try (EventStreamClient ben = EventStreamClient.open(couple.ben())) {
      couple.tap(couple.ana());

      Map<String, Map<String, Object>> event = ben.next().data().getMap("");
      assertThat(event).containsOnlyKeys(EVENT);
      assertThat(event.get("resource")).containsOnlyKeys("type", "id");
    }
  }

  private static void assertThin(JsonNode event) {
    assertThat(names(event)).containsExactlyInAnyOrder(EVENT);
    assertThat(names(event.get("resource"))).containsExactlyInAnyOrder("type", "id");
  }

  private static List<String> names(JsonNode node) {
    List<String> names = new ArrayList<>();
    node.fieldNames().forEachRemaining(names::add);
    return names;
  }

  private static void say(Person person, Map<String, String> words) {
    as(person).contentType(ContentType.JSON).body(words).patch("/v1/me").then().statusCode(200);
  }

  private static String text(String bundle, String language, String key) throws IOException {
    String name = "/" + bundle + "_" + language + ".properties";
    try (Reader reader =
        new InputStreamReader(
            Objects.requireNonNull(NoticeTest.class.getResourceAsStream(name)),
            StandardCharsets.UTF_8)) {
      Properties texts = new Properties();
      texts.load(reader);
      return texts.getProperty(key);
    }
  }
}
