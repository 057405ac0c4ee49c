package org.stillpoint.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.stillpoint.identity.Scopes;
import org.stillpoint.time.Ids;
import org.stillpoint.time.ProductClock;

/**
 * What people have done before a seeded sandbox is first looked at. They do it as apps do, by the
 * ordinary interface and one after the other: the same seed gives the same ids, and the same times,
 * since the clock stands still but where it is moved.
 */
@Singleton
class SandboxSeed {
  private static final Instant BEGIN = Instant.parse("2030-01-07T09:00:00Z");
  private static final Duration LIFETIME = Duration.ofHours(1);
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final SandboxTokens tokens;
  private final ProductClock clock;
  private final ObjectMapper json;
  private volatile @Nullable World world;

  SandboxSeed(SandboxTokens tokens, ProductClock clock, ObjectMapper json) {
    this.tokens = tokens;
    this.clock = clock;
    this.json = json;
  }

  /**
   * What is there: two in a relationship, and three in another.
   *
   * @param now when the clock stands
   * @param practitioner whom the two have let in
   */
  record World(
      String seed, Instant now, Two two, Three three, PersonView practitioner, UUID grantId) {}

  /**
   * Somebody.
   *
   * @param subject to mint a token for
   */
  record PersonView(String subject, UUID memberId) {}

  /**
   * Two.
   *
   * @param agreementId in force
   * @param limitId the second's
   * @param pauseId the first's, lifted again
   * @param checkInId one that is open; the first has answered the sealed item
   */
  record Two(
      UUID relationshipId,
      List<PersonView> members,
      UUID agreementId,
      UUID limitId,
      UUID pauseId,
      UUID checkInId) {}

  /**
   * Three.
   *
   * @param agreementId proposed by the first, and waiting for the others
   */
  record Three(UUID relationshipId, List<PersonView> members, UUID agreementId) {}

  /**
   * Plays it in an empty sandbox.
   *
   * @param api where this server listens
   */
  World plant(String seed, URI api) throws InterruptedException {
    clock.stand(BEGIN);
    Ids.foresee(UUID.nameUUIDFromBytes(seed.getBytes(StandardCharsets.UTF_8)).hashCode(), clock);
    try (HttpClient http = HttpClient.newHttpClient()) {
      World planted = new Play(http, api).play(seed);
      world = planted;
      return planted;
    }
  }

  /** What is there; nothing where nothing was planted. */
  Optional<World> world() {
    return Optional.ofNullable(world);
  }

  void forget() {
    world = null;
  }

  /** One run of it. */
  private final class Play {
    private final HttpClient http;
    private final URI api;

    Play(HttpClient http, URI api) {
      this.http = http;
      this.api = api;
    }

    private World play(String seed) throws InterruptedException {
      Actor ana = new Actor("ana", "Ana");
      Actor ben = new Actor("ben", "Ben");
      String us = ana.begin();
      ben.join(us, ana, List.of());
      String agreement = agree(us, ana, ben);
      clock.advance(Duration.ofDays(2));
      JsonNode limit =
          ben.post(
              us + "/limits",
              Map.of(
                  "strength", "hard",
                  "category", "physical",
                  "domain", "sexting",
                  "activities", List.of("pictures"),
                  "text", "No pictures of me, not even of my hands."));
      String pause = id(ana.post(us + "/pauses", Map.of("kind", "yellow")));
      clock.advance(Duration.ofMinutes(20));
      ana.post(us + "/pauses/" + pause + "/lift", null);
      clock.advance(Duration.ofHours(3));
      String checkIn = talk(us, ana, ben);
      Actor dora = new Actor("dora", "Dora Lind");
      String grant = letIn(us, ana, ben, dora);
      Two two =
          new Two(
              uuid(us),
              List.of(ana.view(), ben.view()),
              UUID.fromString(agreement),
              UUID.fromString(id(limit)),
              UUID.fromString(pause),
              UUID.fromString(checkIn));
      Three three = three();
      return new World(seed, clock.instant(), two, three, dora.view(), UUID.fromString(grant));
    }

    private Three three() throws InterruptedException {
      Actor cleo = new Actor("cleo", "Cleo");
      Actor dario = new Actor("dario", "Dario");
      Actor eli = new Actor("eli", "Eli");
      String all = cleo.begin();
      dario.join(all, cleo, List.of());
      eli.join(all, cleo, List.of(dario));
      JsonNode proposed =
          cleo.propose(
              all,
              "Evenings for three",
              List.of(
                  consent(
                      "touch",
                      "dancing",
                      "We dance with each other when the music is on.",
                      cleo,
                      dario,
                      eli)));
      return new Three(
          uuid(all),
          List.of(cleo.view(), dario.view(), eli.view()),
          UUID.fromString(proposed.get("agreementId").asText()));
    }

    private String agree(String us, Actor proposer, Actor other) throws InterruptedException {
      JsonNode version =
          proposer.propose(
              us,
              "How we find back to each other",
              List.of(
                  consent(
                      "touch",
                      "holding-hands",
                      "We hold hands whenever both of us feel like it.",
                      proposer,
                      other),
                  consent(
                      "communication",
                      "calls",
                      "We call each other once in the evening.",
                      proposer,
                      other)));
      for (JsonNode term : version.get("terms")) {
        other.put(
            us + "/terms/" + id(term) + "/assents/me", Map.of("hash", term.get("hash").asText()));
      }
      return version.get("agreementId").asText();
    }

    private Map<String, Object> consent(
        String domain, String activity, String text, Actor... members) {
      return Map.of(
          "kind",
          "consent",
          "polarity",
          "permits",
          "mode",
          "standing",
          "domain",
          domain,
          "activities",
          List.of(activity),
          "memberIds",
          List.of(members).stream().map(actor -> actor.memberId).toList(),
          "text",
          text);
    }

    private String talk(String us, Actor first, Actor second) throws InterruptedException {
      JsonNode planned =
          first.post(
              us + "/check-ins",
              Map.of(
                  "startsAt",
                  clock.instant().toString(),
                  "items",
                  List.of(item("sealed", "How the week was"), item("open", "What comes next"))));
      String path = us + "/check-ins/" + id(planned);
      first.put(path + "/readiness/me", null);
      second.put(path + "/readiness/me", null);
      String answer = path + "/items/" + id(planned.get("items").get(0)) + "/answers/me";
      first.put(answer, Map.of("text", "Quieter than I had feared."));
      first.put(answer + "/submission", null);
      return id(planned);
    }

    private Map<String, Object> item(String answers, String title) {
      return Map.of("title", title, "questions", List.of(title + "?"), "answers", answers);
    }

    private String letIn(String us, Actor first, Actor second, Actor practitioner)
        throws InterruptedException {
      practitioner.put(
          "/v1/practitioners/me",
          Map.of(
              "displayName", "Dora Lind",
              "work", "Couples therapist",
              "languages", List.of("en", "de"),
              "secretsPolicy", "asksNotToBeTold",
              "secretsPolicyText", "I keep nothing from your partner: don't tell me secrets."));
      String code = practitioner.post("/v1/practitioners/me/code", null).get("code").asText();
      String grant =
          id(
              first.call(
                  "POST",
                  us + "/grants",
                  Map.of("code", code, "scopes", List.of("pauses", "snapshots"), "lastsDays", 90),
                  first.tag("/v1/practitioner-codes/" + code)));
      String path = us + "/grants/" + grant;
      second.call("PUT", path + "/assents/me", null, second.tag(path));
      return grant;
    }

    /** Who does something. */
    private final class Actor {
      private final String subject;
      private final String token;
      private final UUID memberId;

      Actor(String subject, String name) throws InterruptedException {
        this.subject = subject;
        this.token = tokens.mint(subject, "sandbox-app", Scopes.ALL, LIFETIME, Duration.ZERO);
        this.memberId = UUID.fromString(id(put("/v1/me/adult-attestation", null)));
        call("PATCH", "/v1/me", Map.of("displayName", name), null);
      }

      PersonView view() {
        return new PersonView(subject, memberId);
      }

      /** The address of a new relationship. */
      String begin() throws InterruptedException {
        return "/v1/relationships/" + id(post("/v1/relationships", null));
      }

      void join(String us, Actor inviter, List<Actor> others) throws InterruptedException {
        JsonNode invitation = inviter.post(us + "/invitations", null);
        for (Actor other : others) {
          other.put(us + "/invitations/" + id(invitation) + "/assents/me", null);
        }
        String path = "/v1/invitations/" + invitation.get("code").asText();
        call("POST", path + "/acceptance", null, tag(path));
      }

      JsonNode propose(String us, String title, List<Map<String, Object>> terms)
          throws InterruptedException {
        JsonNode draft = post(us + "/agreement-drafts", Map.of("title", title, "terms", terms));
        return post(us + "/agreement-drafts/" + id(draft) + "/proposal", null);
      }

      JsonNode post(String path, @Nullable Map<String, ?> body) throws InterruptedException {
        return call("POST", path, body, null);
      }

      JsonNode put(String path, @Nullable Map<String, ?> body) throws InterruptedException {
        return call("PUT", path, body, null);
      }

      String tag(String path) throws InterruptedException {
        return send("GET", path, null, null).headers().firstValue("ETag").orElseThrow();
      }

      JsonNode call(
          String method, String path, @Nullable Map<String, ?> body, @Nullable String seen)
          throws InterruptedException {
        try {
          return json.readTree(send(method, path, body, seen).body());
        } catch (IOException e) {
          throw new IllegalStateException("The sandbox doesn't answer in JSON", e);
        }
      }

      private HttpResponse<byte[]> send(
          String method, String path, @Nullable Map<String, ?> body, @Nullable String seen)
          throws InterruptedException {
        Map<String, String> headers = new HashMap<>();
        headers.put("Authorization", "Bearer " + token);
        if (body != null) {
          headers.put("Content-Type", "application/json");
        }
        if (seen != null) {
          headers.put("If-Match", seen);
        }
        try {
          HttpRequest.Builder request =
              HttpRequest.newBuilder(api.resolve(path))
                  .timeout(PATIENCE)
                  .method(
                      method,
                      body == null
                          ? HttpRequest.BodyPublishers.noBody()
                          : HttpRequest.BodyPublishers.ofByteArray(json.writeValueAsBytes(body)));
          headers.forEach(request::header);
          HttpResponse<byte[]> response =
              http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
          if (response.statusCode() >= 300) {
            throw new IllegalStateException(
                "The seed can't be played: " + method + " " + path + " " + response.statusCode());
          }
          return response;
        } catch (IOException e) {
          throw new IllegalStateException("The sandbox can't be reached", e);
        }
      }
    }
  }

  private static String id(JsonNode node) {
    return node.get("id").asText();
  }

  private static UUID uuid(String path) {
    return UUID.fromString(path.substring(path.lastIndexOf('/') + 1));
  }
}
