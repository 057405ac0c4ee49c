package org.stillpoint;

import static org.stillpoint.testkit.Api.as;

import io.restassured.path.json.JsonPath;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.stillpoint.testkit.AgreementThings;
import org.stillpoint.testkit.ApiDocument.Operation;
import org.stillpoint.testkit.Browser;
import org.stillpoint.testkit.Calendars;
import org.stillpoint.testkit.Channels;
import org.stillpoint.testkit.CheckInThings;
import org.stillpoint.testkit.Couple;
import org.stillpoint.testkit.Devices;
import org.stillpoint.testkit.Exports;
import org.stillpoint.testkit.Json;
import org.stillpoint.testkit.Limits;
import org.stillpoint.testkit.Person;
import org.stillpoint.testkit.PracticeThings;
import org.stillpoint.testkit.ReflectionThings;
import org.stillpoint.testkit.Reflections;

/**
 * A couple with one of everything, somebody who has left them, and a stranger.
 *
 * @param formerTapKey a tap key that the former member made before leaving
 * @param expired the owner's token, which nobody accepts any more from {@code expiredAt} on
 * @param etag the version of the invitation's preview
 * @param agreements what the owner has drafted, proposed and held off; null where nobody asks
 * @param checkIns what the owner has planned; null where nobody asks
 * @param practices what the owner lets practitioners read, and reads as one; null where nobody asks
 * @param things what else stands in the paths, by its parameter's name
 */
record AccessFixture(
    Person owner,
    Person partner,
    Person former,
    Person stranger,
    String tapKey,
    String formerTapKey,
    String expired,
    Instant expiredAt,
    String etag,
    @Nullable AgreementThings agreements,
    @Nullable CheckInThings checkIns,
    @Nullable ReflectionThings reflections,
    @Nullable PracticeThings practices,
    Map<String, String> things) {
  private static final Pattern PARAMETER = Pattern.compile("\\{(\\w+)}");

  /** The time by which a token is accepted a little longer, and one second of its own. */
  private static final Duration UNTIL_EXPIRED = Duration.ofSeconds(7);

  private static final Set<String> OF_AGREEMENTS =
      Set.of("draftId", "agreementId", "termId", "holdId", "signalId");

  private static final Set<String> NAME_AGREEMENTS_IN_THEIR_BODY =
      Set.of("createAgreementDraft", "createHold");

  private static final Set<String> PLAN =
      Set.of("scheduleCheckIn", "createCheckInSeries", "acceptGuestInvitation");

  private static final Pattern OF_PRACTICES =
      Pattern.compile("Grant|Practi|Assignment|Agenda|assignPrompt|attend");

  static AccessFixture create(boolean paused) {
    return create(paused, name -> true, true, true, true);
  }

  /** Of what takes long to make only what this operation is about. */
  static AccessFixture create(boolean paused, Operation operation) {
    List<String> named =
        PARAMETER.matcher(operation.path()).results().map(found -> found.group(1)).toList();
    boolean agreements =
        !Collections.disjoint(named, OF_AGREEMENTS)
            || NAME_AGREEMENTS_IN_THEIR_BODY.contains(operation.id());
    boolean checkIns =
        named.contains("checkInId")
            || named.contains("seriesId")
            || named.contains("guestCheckInId")
            || PLAN.contains(operation.id());
    boolean practices = OF_PRACTICES.matcher(operation.id()).find();
    return create(paused, named::contains, agreements, checkIns, practices);
  }

  private static AccessFixture create(
      boolean paused,
      Predicate<String> isNamed,
      boolean agreements,
      boolean checkIns,
      boolean practices) {
    Couple couple = Couple.create();
    Person owner = couple.ana();
    Person former = Person.adult("former");
    welcome(couple, former);
    String formerTapKey = tapKey(couple, former).getString("key");
    couple.leave(former);

    Map<String, String> things = new HashMap<>();
    JsonPath invitation = invite(couple);
    String code = invitation.getString("code");
    things.put("relationshipId", couple.relationship().toString());
    things.put("invitationId", invitation.getString("id"));
    things.put("code", code);
    String etag = as(owner).get("/v1/invitations/{code}", code).header("ETag");
    AgreementThings agreed = agreements ? AgreementThings.of(couple) : null;
    CheckInThings planned = checkIns ? CheckInThings.of(couple) : null;
    PracticeThings granted = practices ? PracticeThings.of(couple) : null;
    things.put("pauseId", (paused ? couple.tap(owner) : UUID.randomUUID()).toString());
    JsonPath tapKey = tapKey(couple, owner);
    things.put("tapKeyId", tapKey.getString("id"));
    things.put("limitId", Limits.draw(couple, owner).getString("id"));
    if (isNamed.test("exportId")) {
      things.put("exportId", Exports.ready(owner));
    }
    things.put("templateId", "follow-up");
    things.put("promptId", Reflections.PROMPT);
    ReflectionThings kept =
        isNamed.test("reflectionId") || isNamed.test("snapshotId")
            ? ReflectionThings.of(couple)
            : null;
    JsonPath feed = Calendars.make(owner);
    things.put("feedId", feed.getString("id"));
    things.put("secret", feed.getString("secret"));
    things.put("deviceId", Devices.registered(owner, Browser.subscribe()).toString());
    if (isNamed.test("channelId")) {
      things.put("channelId", Channels.confirmed(owner, "email", Channels.mailbox()).toString());
    }
    as(owner).put("/v1/me/webhook-subscription").then().statusCode(200);
    // No person gets so far as to an endpoint.
    things.put("endpointId", UUID.randomUUID().toString());
    things.put("messageId", UUID.randomUUID() + "." + UUID.randomUUID());
    things.put(
        "clientId", as(owner).get("/v1/me/clients").as(Json.class, Json.READER).get("data[0].id"));
    return new AccessFixture(
        owner,
        couple.ben(),
        former,
        Person.adult("stranger"),
        tapKey.getString("key"),
        formerTapKey,
        owner.with(Map.of("expiresInSeconds", 1)).token(),
        Instant.now().plus(UNTIL_EXPIRED),
        etag,
        agreed,
        planned,
        kept,
        granted,
        things);
  }

  private static void welcome(Couple couple, Person third) {
    Couple.join(third, invite(couple).getString("code"));
  }

  /** An invitation to which both have said yes. */
  private static JsonPath invite(Couple couple) {
    JsonPath invitation = couple.invitation(couple.ana());
    as(couple.ben())
        .put(couple.path("/invitations/" + invitation.getString("id") + "/assents/me"))
        .then()
        .statusCode(200);
    return invitation;
  }

  private static JsonPath tapKey(Couple couple, Person person) {
    return as(person)
        .post(couple.path("/tap-keys"))
        .then()
        .statusCode(201)
        .extract()
        .as(Json.class, Json.READER);
  }

  /** The operation's path with this fixture's things in it. */
  String address(Operation operation) {
    Map<String, String> all = new HashMap<>(things);
    if (agreements != null) {
      all.putAll(agreements.ids(operation.id()));
    }
    if (checkIns != null) {
      all.putAll(checkIns.ids());
      all.putAll(checkIns.ids(operation.id()));
    }
    if (reflections != null) {
      all.putAll(reflections.ids());
    }
    if (practices != null) {
      all.putAll(practices.ids(operation.id()));
    }
    return fill(operation.path(), all);
  }

  /** The same path with ids of nothing. */
  static String addressOfNothing(String path) {
    Map<String, String> nothing = new HashMap<>();
    List.of(
            "relationshipId",
            "invitationId",
            "pauseId",
            "tapKeyId",
            "limitId",
            "draftId",
            "agreementId",
            "termId",
            "holdId",
            "signalId",
            "clientId",
            "checkInId",
            "seriesId",
            "itemId",
            "guestId",
            "guestCheckInId",
            "exportId",
            "feedId",
            "decisionId",
            "reflectionId",
            "snapshotId",
            "grantId",
            "memberId",
            "assignmentId",
            "proposalId",
            "attendanceId",
            "deviceId",
            "channelId")
        .forEach(name -> nothing.put(name, UUID.randomUUID().toString()));
    nothing.put("code", "0000-0000-0000-0000");
    nothing.put("number", "1");
    nothing.put("templateId", "nothing-here");
    nothing.put("promptId", "nothing-here");
    return fill(path, nothing);
  }

  /** A body that is of some use to an operation; null if the document's example is. */
  @Nullable Map<String, Object> body(String operation) {
    if ("registerDevice".equals(operation)) {
      return Map.copyOf(Browser.subscribe().registration());
    }
    Map<String, Object> body = agreements == null ? null : agreements.body(operation);
    if (body == null && checkIns != null) {
      body = checkIns.body(operation);
    }
    if (body == null && reflections != null) {
      body = reflections.body(operation);
    }
    return body == null && practices != null ? practices.body(operation) : body;
  }

  private static String fill(String path, Map<String, String> values) {
    Matcher parameters = PARAMETER.matcher(path);
    return parameters.replaceAll(
        parameter ->
            Objects.requireNonNull(
                values.get(parameter.group(1)), () -> "no " + parameter.group() + " here"));
  }
}
