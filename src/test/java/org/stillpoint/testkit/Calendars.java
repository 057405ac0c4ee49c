package org.stillpoint.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.stillpoint.testkit.Api.anonymous;
import static org.stillpoint.testkit.Api.as;

import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import net.fortuna.ical4j.data.CalendarBuilder;
import net.fortuna.ical4j.data.ParserException;
import net.fortuna.ical4j.model.Calendar;
import net.fortuna.ical4j.model.component.VEvent;
import net.fortuna.ical4j.model.property.DateProperty;

/** Calendar feeds, as an app makes them and a calendar program reads them. */
public final class Calendars {
  private static final int LONGEST_LINE = 75;

  private Calendars() {}

  /**
   * What a program shows of one check-in.
   *
   * @param changed the time of its last change
   * @param names of all its properties
   */
  public record Entry(
      String uid,
      Instant startsAt,
      Instant endsAt,
      String title,
      String status,
      int sequence,
      Instant changed,
      Set<String> names) {
    private static Entry of(VEvent event) {
      Set<String> names = new TreeSet<>();
      event.getProperties().forEach(property -> names.add(property.getName()));
      assertThat(event.getComponents()).as("alarms").isEmpty();
      return new Entry(
          text(event, "UID"),
          time(event, "DTSTART"),
          time(event, "DTEND"),
          text(event, "SUMMARY"),
          text(event, "STATUS"),
          Integer.parseInt(text(event, "SEQUENCE")),
          time(event, "LAST-MODIFIED"),
          names);
    }

    private static String text(VEvent event, String name) {
      return event.getRequiredProperty(name).getValue();
    }

    private static Instant time(VEvent event, String name) {
      DateProperty<?> property = event.getRequiredProperty(name);
      return Instant.from(property.getDate());
    }
  }

  /** A feed of this person's, with its secret. */
  public static JsonPath make(Person person) {
    return as(person)
        .post("/v1/me/calendars")
        .then()
        .statusCode(201)
        .extract()
        .as(Json.class, Json.READER);
  }

  /** The secret of a new one. */
  public static String secret(Person person) {
    return make(person).getString("secret");
  }

  /** Where it is read. */
  public static String path(String secret) {
    return "/calendars/" + secret + ".ics";
  }

  /** Asks for it, without a login. */
  public static Response get(String secret) {
    return anonymous().get(path(secret));
  }

  /** What stands there, in every byte as RFC 5545 wants it. */
  public static String read(String secret) {
    String text = get(secret).then().statusCode(200).extract().asString();
    assertThat(parse(text).validate().hasErrors()).as(text).isFalse();
    assertThat(text.replace("\r\n", "")).doesNotContain("\r", "\n");
    assertThat(text.split("\r\n", -1))
        .allMatch(line -> line.getBytes(StandardCharsets.UTF_8).length <= LONGEST_LINE);
    return text;
  }

  /** What a calendar program shows of it. */
  public static List<Entry> entries(String secret) {
    List<VEvent> events = parse(read(secret)).getComponents("VEVENT");
    return events.stream().map(Entry::of).toList();
  }

  private static Calendar parse(String text) {
    try {
      return new CalendarBuilder().build(new StringReader(text));
    } catch (IOException | ParserException e) {
      throw new AssertionError("A calendar program can't read this: " + text, e);
    }
  }
}
