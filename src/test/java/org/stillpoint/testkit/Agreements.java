package org.stillpoint.testkit;

import static org.stillpoint.testkit.Api.as;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

/** Agreements, as an app drafts, proposes and answers them. */
public final class Agreements {
  private Agreements() {}

  /** A clause that binds these members. */
  public static Map<String, Object> clause(
      String polarity, String domain, List<Person> members, String text, String... activities) {
    Map<String, Object> clause = new HashMap<>();
    clause.put("kind", "consent");
    clause.put("polarity", polarity);
    clause.put("domain", domain);
    clause.put("memberIds", members.stream().map(Person::id).toList());
    clause.put("activities", List.of(activities));
    clause.put("text", text);
    return clause;
  }

  /** Permits something to both. */
  public static Map<String, Object> permits(Couple couple, String domain, String... activities) {
    return clause("permits", domain, both(couple), "We may, when both feel like it", activities);
  }

  /** Forbids something to both. */
  public static Map<String, Object> forbids(Couple couple, String domain, String... activities) {
    return clause("forbids", domain, both(couple), "We don't", activities);
  }

  private static List<Person> both(Couple couple) {
    return List.of(couple.ana(), couple.ben());
  }

  /** The same with something else in one place. */
  public static Map<String, Object> with(Map<String, Object> clause, String name, Object value) {
    Map<String, Object> changed = new HashMap<>(clause);
    changed.put(name, value);
    return changed;
  }

  /** A text of another thing, with something else in one place. */
  public static Map<String, String> changed(Map<String, String> text, String name, String value) {
    Map<String, String> changed = new HashMap<>(text);
    changed.put(name, value);
    return changed;
  }

  /** Asks for a draft of a new agreement between both. */
  public static Response draft(Couple couple, Person author, List<Map<String, Object>> clauses) {
    return post(
        couple,
        author,
        "/agreement-drafts",
        Map.of("title", "How we find back to each other", "terms", clauses));
  }

  /** Asks for a draft of the next version. */
  public static Response redraft(
      Couple couple, Person author, String agreementId, List<Map<String, Object>> clauses) {
    return post(
        couple,
        author,
        "/agreement-drafts",
        Map.of("agreementId", agreementId, "title", "Once more", "terms", clauses));
  }

  /** Asks for a draft to be proposed. */
  public static Response propose(Couple couple, Person author, String draftId) {
    return as(author).post(couple.path("/agreement-drafts/" + draftId + "/proposal"));
  }

  /** Proposes a new agreement of these clauses. */
  @SafeVarargs
  public static JsonPath proposed(Couple couple, Person author, Map<String, Object>... clauses) {
    return json(
        propose(couple, author, json(draft(couple, author, List.of(clauses)), 201).getString("id")),
        201);
  }

  /** Proposes the next version: all clauses that stand, but for changes by their place. */
  public static Response proposeNext(
      Couple couple, Person author, JsonPath version, Map<Integer, Map<String, Object>> changes) {
    List<Map<String, Object>> clauses = new ArrayList<>();
    List<Map<String, Object>> terms = version.getList("terms");
    for (int i = 0; i < terms.size(); i++) {
      Map<String, Object> clause =
          changes.containsKey(i) ? changes.get(i) : content(version, "terms[" + i + "]");
      if (!clause.isEmpty()) {
        clauses.add(
            with(clause, "lineageId", Objects.requireNonNull(terms.get(i).get("lineageId"))));
      }
    }
    if (changes.containsKey(terms.size())) {
      clauses.add(changes.get(terms.size()));
    }
    String draft =
        json(redraft(couple, author, version.getString("agreementId"), clauses), 201)
            .getString("id");
    return propose(couple, author, draft);
  }

  private static Map<String, Object> content(JsonPath version, String place) {
    Map<String, Object> content = new HashMap<>(version.getMap(place + ".content"));
    content.values().removeIf(Objects::isNull);
    return content;
  }

  /** A new agreement of these clauses, to which both have assented; the cooling-off isn't over. */
  @SafeVarargs
  public static JsonPath agreed(Couple couple, Map<String, Object>... clauses) {
    JsonPath version = proposed(couple, couple.ana(), clauses);
    for (int i = 0; i < clauses.length; i++) {
      assent(couple, couple.ben(), version, i).then().statusCode(200);
    }
    return version;
  }

  /** Says yes to a term of a version. */
  public static Response assent(Couple couple, Person person, JsonPath version, int place) {
    return assent(
        couple,
        person,
        version.getString("terms[" + place + "].id"),
        version.getString("terms[" + place + "].hash"));
  }

  /** Says yes to the text with this hash. */
  public static Response assent(Couple couple, Person person, String termId, String hash) {
    return as(person)
        .contentType(ContentType.JSON)
        .body(Map.of("hash", hash))
        .put(couple.path("/terms/" + termId + "/assents/me"));
  }

  /** Does something with a term: {@code PUT} below its address. */
  public static Response put(Couple couple, Person person, String termId, String what) {
    return as(person).put(couple.path("/terms/" + termId + what));
  }

  /** Ends, or takes back: {@code DELETE} of a term, or below its address. */
  public static Response delete(Couple couple, Person person, String termId, String what) {
    return as(person).delete(couple.path("/terms/" + termId + what));
  }

  /** A term as this person sees it. */
  public static JsonPath term(Couple couple, Person person, String termId) {
    return json(as(person).get(couple.path("/terms/" + termId)), 200);
  }

  /** Where a term stands. */
  public static String state(Couple couple, Person person, String termId) {
    return term(couple, person, termId).getString("state");
  }

  /** What is in force, as this person sees it. */
  public static JsonPath inForce(Couple couple, Person person, String query) {
    return json(as(person).get(couple.path("/in-force") + query), 200);
  }

  /** Whether an activity is permitted. */
  public static String level(Couple couple, Person person, String domain, String activity) {
    return inForce(couple, person, "?domain=" + domain + "&activity=" + activity)
        .getString("activity.level");
  }

  /** A hold of all contact of a domain with this person. */
  public static JsonPath hold(Couple couple, Person maker, String domain, Instant until) {
    return json(
        post(couple, maker, "/holds", Map.of("domain", domain, "until", until.toString())), 201);
  }

  /** Asks for another end of a hold. */
  public static Response moveHold(Couple couple, Person person, String holdId, Instant until) {
    return put(couple, person, "/holds/" + holdId, Map.of("until", until.toString()));
  }

  /** Writes what this person has just read. */
  public static Response put(Couple couple, Person person, String path, Map<String, ?> body) {
    return as(person)
        .header("If-Match", seen(couple, person, path))
        .contentType(ContentType.JSON)
        .body(body)
        .put(couple.path(path));
  }

  /** The tag of what this person sees there now; of nothing where nothing is seen. */
  public static String seen(Couple couple, Person person, String path) {
    String tag = as(person).get(couple.path(path)).header("ETag");
    return tag == null ? "\"none\"" : tag;
  }

  /** Asks for a signal. */
  public static Response signal(Couple couple, Person maker, Map<String, ?> signal) {
    return post(couple, maker, "/signals", signal);
  }

  /** Asks for a cooling-off of this length. */
  public static Response coolingOff(Couple couple, Person person, Duration length) {
    return put(couple, person, "/cooling-off", Map.of("seconds", length.toSeconds()));
  }

  private static Response post(Couple couple, Person person, String path, Map<String, ?> body) {
    return as(person).contentType(ContentType.JSON).body(body).post(couple.path(path));
  }

  /** The answer, which has to have this status. */
  public static JsonPath json(Response answer, int status) {
    return answer.then().statusCode(status).extract().as(Json.class, Json.READER);
  }

  /** The id of some agreement's first term. */
  public static UUID firstTerm(JsonPath version) {
    return UUID.fromString(version.getString("terms[0].id"));
  }

  /** SHA-256 over a value as RFC 8785 writes it, where all text is plain ASCII. */
  public static String hash(Map<String, Object> value) {
    try {
      byte[] canonical =
          JsonMapper.builder()
              .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
              .build()
              .writeValueAsBytes(value);
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(canonical));
    } catch (JsonProcessingException | NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
