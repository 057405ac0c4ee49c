package org.stillpoint.mallory;

import static org.stillpoint.testkit.Api.as;

import io.restassured.path.json.JsonPath;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.stillpoint.testkit.AgreementThings;
import org.stillpoint.testkit.ApiDocument.Operation;
import org.stillpoint.testkit.Calendars;
import org.stillpoint.testkit.CheckInThings;
import org.stillpoint.testkit.Couple;
import org.stillpoint.testkit.DeliveryThings;
import org.stillpoint.testkit.Exports;
import org.stillpoint.testkit.Json;
import org.stillpoint.testkit.Limits;
import org.stillpoint.testkit.Person;
import org.stillpoint.testkit.PracticeThings;
import org.stillpoint.testkit.ReflectionThings;
import org.stillpoint.testkit.Reflections;

/**
 * One of everything that a member can have, by the name under which operations take it.
 *
 * @param tapKey the text of the owner's tap key
 * @param agreements what the owner has drafted, proposed and held off
 * @param checkIns what the owner has planned
 * @param practices what the owner lets practitioners read, and reads as one
 * @param deliveries where the owner is told of what happens
 */
record Estate(
    Couple couple,
    String tapKey,
    AgreementThings agreements,
    CheckInThings checkIns,
    ReflectionThings reflections,
    PracticeThings practices,
    DeliveryThings deliveries,
    Map<String, String> things) {
  /** Whoever holds these may use them; that is what they are for. */
  static final Set<String> SECRETS = Set.of("code", "secret");

  /** What doesn't look like all other ids. */
  static final Set<String> OF_ANOTHER_FORM = Set.of("code", "secret", "messageId");

  /** Parts of paths that the client makes up. */
  static final Map<String, String> NAMED_BY_CLIENT =
      Map.of(
          "raisePauseWithId",
          "pauseId",
          "assignPrompt",
          "assignmentId",
          "proposeAgenda",
          "proposalId");

  /** The place of what has no id, since it is counted. */
  static final String COUNTED = "number";

  /** What Stillpoint itself offers, to everybody alike, by its place. */
  static final Map<String, String> OFFERED =
      Map.of("templateId", "after-closeness", "promptId", Reflections.PROMPT);

  static final String NO_CODE = "0000-0000-0000-000Z";

  static final String NO_SECRET = "f".repeat(40);

  /** Of two new people. */
  static Estate create(String owner, String partner) {
    return of(Person.adult(owner), Person.adult(partner));
  }

  /** Of a new relationship of these two, which is open; a pause there was lifted. */
  static Estate of(Person owner, Person partner) {
    Couple couple = new Couple(owner, partner, Couple.begin(owner));
    couple.invite(owner, partner);
    UUID pause = couple.tap(owner);
    couple.lift(owner, pause).then().statusCode(200);
    AgreementThings agreements = AgreementThings.of(couple);
    CheckInThings checkIns = CheckInThings.of(couple);
    JsonPath invitation = couple.agreedInvitation(owner, partner);
    JsonPath tapKey =
        as(owner)
            .post(couple.path("/tap-keys"))
            .then()
            .statusCode(201)
            .extract()
            .as(Json.class, Json.READER);
    Map<String, String> things = new HashMap<>(agreements.ids());
    things.putAll(checkIns.ids());
    ReflectionThings reflections = ReflectionThings.of(couple);
    things.putAll(reflections.ids());
    PracticeThings practices = PracticeThings.of(couple);
    things.putAll(practices.all());
    DeliveryThings deliveries = DeliveryThings.of(owner);
    things.putAll(deliveries.ids());
    things.put("relationshipId", couple.relationship().toString());
    things.put("invitationId", invitation.getString("id"));
    things.put("code", invitation.getString("code"));
    things.put("pauseId", pause.toString());
    things.put("tapKeyId", tapKey.getString("id"));
    things.put("limitId", Limits.draw(couple, owner).getString("id"));
    things.put("clientId", app(owner, "old-phone"));
    things.put("exportId", Exports.ready(owner));
    JsonPath feed = Calendars.make(owner);
    things.put("feedId", feed.getString("id"));
    things.put("secret", feed.getString("secret"));
    things.put("memberId", owner.id().toString());
    things.put(
        "eventId", as(owner).get("/v1/events").as(Json.class, Json.READER).get("data[0].id"));
    return new Estate(
        couple,
        tapKey.getString("key"),
        agreements,
        checkIns,
        reflections,
        practices,
        deliveries,
        things);
  }

  /** An open invitation to which both have said yes. */
  /** The id of an app through which the person has come. */
  static String app(Person person, String clientId) {
    as(person.through(clientId)).get("/v1/me").then().statusCode(200);
    return as(person)
        .get("/v1/me/clients")
        .then()
        .statusCode(200)
        .extract()
        .as(Json.class, Json.READER)
        .get("data.find { it.clientId == '" + clientId + "' }.id");
  }

  Person owner() {
    return couple.ana();
  }

  /** The app whose server gets the owner's events. */
  Person server() {
    return deliveries.server();
  }

  Person partner() {
    return couple.ben();
  }

  /** Lets a third in, as both want. */
  void welcome(Person third) {
    couple.welcome(third);
  }

  /** Lets the owner in again, who has left, as the partner and the third want. */
  void takeBack(Person third) {
    Couple.join(owner(), couple.agreedInvitation(partner(), third).getString("code"));
  }

  Estate with(String name, String thing) {
    Map<String, String> changed = new HashMap<>(things);
    changed.put(name, thing);
    return new Estate(
        couple, tapKey, agreements, checkIns, reflections, practices, deliveries, changed);
  }

  /** The same, but that this couple has planned what is planned. */
  Estate with(Couple couple, CheckInThings checkIns) {
    Map<String, String> changed = new HashMap<>(things);
    changed.putAll(checkIns.ids());
    changed.put("relationshipId", couple.relationship().toString());
    return new Estate(
        couple, tapKey, agreements, checkIns, reflections, practices, deliveries, changed);
  }

  /** The thing under this name with which an operation can do what it does. */
  String thing(Operation operation, String name) {
    Map<String, String> fittings = new HashMap<>(agreements.ids(operation.id()));
    fittings.putAll(checkIns.ids(operation.id()));
    fittings.putAll(practices.ids(operation.id()));
    String fitting = fittings.get(name);
    return fitting == null ? thing(name) : fitting;
  }

  /** A body that is of some use to an operation; null if the document's example is. */
  @Nullable Map<String, Object> body(String operation) {
    Map<String, Object> body = agreements.body(operation);
    if (body == null) {
      body = checkIns.body(operation);
    }
    if (body == null) {
      body = reflections.body(operation);
    }
    if (body == null) {
      body = deliveries.body(operation);
    }
    return body == null ? practices.body(operation) : body;
  }

  /** The thing that an operation takes under this name. */
  String thing(String name) {
    if (COUNTED.equals(name)) {
      return agreements.number();
    }
    String thing = things.getOrDefault(name, OFFERED.get(name));
    if (thing == null) {
      throw new AssertionError(
          "An operation takes a `"
              + name
              + "`, and nobody has one here: let Estate make it, so that the operation is attacked");
    }
    return thing;
  }

  /** Under which name {@link #known} has what an operation takes under this one. */
  static String sort(Operation operation, String name) {
    return PracticeThings.sort(operation.id(), operation.path(), name);
  }

  /** An id of that sort which is nobody's. */
  static String nothing(String name) {
    if (COUNTED.equals(name)) {
      return "1";
    }
    return switch (name) {
      case "code" -> NO_CODE;
      case "secret" -> NO_SECRET;
      case "messageId" -> UUID.randomUUID() + "." + UUID.randomUUID();
      default -> UUID.randomUUID().toString();
    };
  }

  /** What its owner knows of it, for a {@link View}. */
  Map<String, Set<String>> known() {
    Map<String, Set<String>> known = new HashMap<>();
    things.forEach((name, thing) -> known.put(name, Set.of(thing)));
    known.put("termId", Set.copyOf(agreements.terms()));
    known.put(COUNTED, Set.of(agreements.number()));
    practices.known().forEach(known::put);
    OFFERED.forEach((name, thing) -> known.put(name, Set.of(thing)));
    return known;
  }

  /** What nobody else can come by in an attack with its ids. */
  List<String> unsaid() {
    return List.of(partner().id().toString(), tapKey);
  }
}
