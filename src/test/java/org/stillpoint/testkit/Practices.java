package org.stillpoint.testkit;

import static org.stillpoint.testkit.Api.as;

import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Practitioners, what members let them read, and their tool. */
public final class Practices {
  /** The practitioner's tool, by the name under which the login service knows it. */
  public static final String TOOL = "practice-notes";

  /** All that there is to be granted. */
  public static final String[] SCOPES = {
    "agreements",
    "checkInAgendas",
    "markedAnswers",
    "pauses",
    "snapshots",
    "assignPrompts",
    "proposeAgendas",
    "attendCheckIns"
  };

  private static final String SELF = "/v1/me/grants";

  private Practices() {}

  /** What a practitioner says. */
  public static Map<String, Object> profile(String name, String policyText) {
    return Map.of(
        "displayName",
        name,
        "work",
        "Couples therapist",
        "languages",
        List.of("de", "en"),
        "secretsPolicy",
        "asksNotToBeTold",
        "secretsPolicyText",
        policyText);
  }

  /** Says it. */
  public static Response register(Person person, Map<String, Object> profile) {
    return as(person).contentType(ContentType.JSON).body(profile).put("/v1/practitioners/me");
  }

  /** A practitioner, at the tool. */
  public static Person practitioner() {
    Person dora = Person.adult("dora").through(TOOL);
    register(dora, profile("Dora Lind", "I keep nothing from your partner."))
        .then()
        .statusCode(200);
    return dora;
  }

  /** A code that leads to a practitioner. */
  public static String code(Person practitioner) {
    return as(practitioner)
        .post("/v1/practitioners/me/code")
        .then()
        .statusCode(201)
        .extract()
        .as(Json.class, Json.READER)
        .getString("code");
  }

  /** Looks whom a code leads to. */
  public static Response preview(Person person, String code) {
    return as(person).get("/v1/practitioner-codes/{code}", code);
  }

  /** Who it is, as it has to be said back. */
  public static String edition(Person person, String code) {
    return preview(person, code).then().statusCode(200).extract().header("ETag");
  }

  /** Looks, and asks for a grant of a relationship. */
  public static Response request(
      Couple couple, Person person, String code, int days, String... scopes) {
    return give(person, couple.path("/grants"), code, days, scopes);
  }

  private static Response give(
      Person person, String path, String code, int days, String... scopes) {
    return as(person)
        .contentType(ContentType.JSON)
        .header("If-Match", edition(person, code))
        .body(Map.of("code", code, "scopes", List.of(scopes), "lastsDays", days))
        .post(path);
  }

  /** One that is asked for; its id. */
  public static UUID requested(Couple couple, Person person, String code, String... scopes) {
    return id(request(couple, person, code, 90, scopes));
  }

  private static UUID id(Response response) {
    return Couple.id(
        response.then().statusCode(201).extract().as(Json.class, Json.READER).get("id"));
  }

  /** Looks, and says yes. */
  public static Response assent(Couple couple, Person person, UUID grant) {
    String etag = as(person).get(path(couple, grant)).then().extract().header("ETag");
    return as(person)
        .header("If-Match", etag == null ? "*" : etag)
        .put(path(couple, grant) + "/assents/me");
  }

  /** One that Ana has asked for, and Ben has said yes to. */
  public static UUID granted(Couple couple, Person practitioner, String... scopes) {
    UUID grant = requested(couple, couple.ana(), code(practitioner), scopes);
    assent(couple, couple.ben(), grant).then().statusCode(200);
    return grant;
  }

  /** Where a grant of a relationship is. */
  public static String path(Couple couple, UUID grant) {
    return couple.path("/grants/" + grant);
  }

  /** As a member sees it. */
  public static JsonPath get(Couple couple, Person person, UUID grant) {
    return as(person)
        .get(path(couple, grant))
        .then()
        .statusCode(200)
        .extract()
        .as(Json.class, Json.READER);
  }

  /** Where it stands. */
  public static String state(Couple couple, Person person, UUID grant) {
    return get(couple, person, grant).getString("state");
  }

  /** Ends it, as a member. */
  public static Response end(Couple couple, Person person, UUID grant) {
    return as(person).delete(path(couple, grant));
  }

  /** Lets a practitioner read one's own things. */
  public static Response giveOwn(Person person, String code, int days, String... scopes) {
    return give(person, SELF, code, days, scopes);
  }

  /** The same, for ninety days; its id. */
  public static UUID own(Person person, Person practitioner, String... scopes) {
    return own(person, code(practitioner), scopes);
  }

  /** The same, by a code. */
  public static UUID own(Person person, String code, String... scopes) {
    return id(giveOwn(person, code, 90, scopes));
  }

  /** Where a grant of one's own is. */
  public static String own(UUID grant) {
    return SELF + "/" + grant;
  }

  /** Gives a practitioner a copy. */
  public static Response giveCopy(Person author, String reflection, UUID grant) {
    return as(author)
        .contentType(ContentType.JSON)
        .body(Map.of("grantId", grant))
        .post(Reflections.path(reflection) + "/practice-snapshots");
  }

  /** One that is given; its id. */
  public static String given(Person author, String reflection, UUID grant) {
    return id(giveCopy(author, reflection, grant)).toString();
  }

  /** Asks for something under a grant, as the tool. */
  public static Response read(Person practitioner, UUID grant, String rest) {
    return as(practitioner).get("/v1/practice/grants/" + grant + rest);
  }

  /** The pauses under a grant. */
  public static List<String> pauses(Person practitioner, UUID grant) {
    return ids(read(practitioner, grant, "/pauses"));
  }

  /** The copies of one member. */
  public static List<String> copies(Person practitioner, UUID grant, Person author) {
    return ids(read(practitioner, grant, "/members/" + author.id() + "/snapshots"));
  }

  private static List<String> ids(Response response) {
    return response.then().statusCode(200).extract().as(Json.class, Json.READER).getList("data.id");
  }

  /** What a practitioner has read, as this person's log tells. */
  public static List<String> readings(Person person) {
    return as(person)
        .get("/v1/me/access-log?limit=100")
        .then()
        .statusCode(200)
        .extract()
        .as(Json.class, Json.READER)
        .getList(
            "data.findAll { it.kind.startsWith('practice.') && it.clientId == '"
                + TOOL
                + "' }.collect { it.kind + ' ' + it.resourceId }");
  }

  /** What the tool lists. */
  public static List<String> listed(Person practitioner, String of) {
    return ids(as(practitioner).get("/v1/practice/" + of));
  }

  /** A talk of those who have given a grant, to which its practitioner has come; its id. */
  public static String attended(Couple couple, Person practitioner, UUID grant) {
    String talk = CheckIns.scheduled(couple, couple.ana()).getString("id");
    String guest =
        id(as(couple.ana())
                .contentType(ContentType.JSON)
                .body(Map.of("role", "counsellor", "label", "Dora", "grantId", grant))
                .post(Guests.path(couple, talk)))
            .toString();
    Guests.assent(couple, couple.ben(), talk, guest).then().statusCode(200);
    as(practitioner)
        .put("/v1/practice/grants/{g}/attendances/{a}", grant, guest)
        .then()
        .statusCode(204);
    return guest;
  }
}
