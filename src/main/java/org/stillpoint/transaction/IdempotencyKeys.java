package org.stillpoint.transaction;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import jakarta.persistence.EntityManager;
import jakarta.ws.rs.core.HttpHeaders;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;
import org.stillpoint.crypto.RandomSecret;
import org.stillpoint.crypto.ServerKey;
import org.stillpoint.identity.Caller;

/**
 * Replays the answer of a POST that carries an {@code Idempotency-Key} seen before (S35). The
 * answer is stored in the effect's own transaction, encrypted, since it may hold a code that is
 * shown once.
 */
@Singleton
public class IdempotencyKeys {
  /** The request header. */
  public static final String HEADER = "Idempotency-Key";

  private static final Pattern KEY = Pattern.compile("[\\x21-\\x7e]{1,255}");
  private static final Duration REMEMBERED = Duration.ofHours(24);

  private final RoutingContext request;
  private final EntityManager entities;
  private final ServerKey cipher;
  private final ObjectMapper json;
  private final Clock clock;

  IdempotencyKeys(
      RoutingContext request,
      EntityManager entities,
      ServerKey cipher,
      ObjectMapper json,
      Clock clock) {
    this.request = request;
    this.entities = entities;
    this.cipher = cipher;
    this.json = json;
    this.clock = clock;
  }

  /** The request's key, or null without one. */
  public static @Nullable String keyOf(@Nullable String header) {
    if (header != null && !KEY.matcher(header).matches()) {
      throw IdempotencyProblem.IDEMPOTENCY_KEY_INVALID.exception();
    }
    return header;
  }

  private record Place(Caller caller, String operation, String key) {
    @Override
    public String toString() {
      return String.join(
          "/",
          "idempotency_key.sealed",
          caller.memberId().toString(),
          caller.login().clientId(),
          operation,
          key);
    }
  }

  /** The answer as it is stored; {@code request} is the hash of what was asked. */
  private record Answer(
      String request, int status, @Nullable String location, @Nullable JsonNode body) {}

  @Nullable Object once(
      Caller caller, String operation, Object[] parameters, Callable<@Nullable Object> work)
      throws Exception {
    String key = keyOf(request.request().getHeader(HEADER));
    if (key == null || !"POST".equals(request.request().method().name())) {
      return work.call();
    }
    Place place = new Place(caller, operation, key);
    String asked = hash(parameters);
    lock(place);
    Answer stored = find(place);
    if (stored != null) {
      return replay(stored, asked);
    }
    Object result = work.call();
    insert(place, asked, result);
    return result;
  }

  /**
   * An advisory lock rather than an early insert: whoever comes second is told at once, and a row
   * that can be read is always complete.
   */
  private void lock(Place place) {
    Object locked =
        entities
            .createNativeQuery("select pg_try_advisory_xact_lock(hashtextextended(:place, 0))")
            .setParameter("place", place.toString())
            .getSingleResult();
    if (!Boolean.TRUE.equals(locked)) {
      throw IdempotencyProblem.IDEMPOTENCY_KEY_IN_USE.exception();
    }
  }

  private @Nullable Answer find(Place place) throws IOException {
    Instant oldest = clock.instant().minus(REMEMBERED);
    entities
        .createNativeQuery(
            "delete from idempotency_key where ctid = any (array(select ctid from idempotency_key"
                + " where member_id = :member and created_at < :oldest for update skip locked))")
        .setParameter("member", place.caller().memberId())
        .setParameter("oldest", oldest)
        .executeUpdate();
    List<?> rows =
        entities
            .createNativeQuery(
                "select sealed from idempotency_key where member_id = :member"
                    + " and client_id = :client and operation = :operation and key = :key",
                byte[].class)
            .setParameter("member", place.caller().memberId())
            .setParameter("client", place.caller().login().clientId())
            .setParameter("operation", place.operation())
            .setParameter("key", place.key())
            .getResultList();
    return rows.isEmpty()
        ? null
        : json.readValue(cipher.open((byte[]) rows.getFirst(), place.toString()), Answer.class);
  }

  private void insert(Place place, String asked, @Nullable Object result)
      throws JsonProcessingException {
    Answer answer = answer(asked, result);
    entities
        .createNativeQuery(
            "insert into idempotency_key (member_id, client_id, operation, key, sealed, created_at)"
                + " values (:member, :client, :operation, :key, :sealed, :now)")
        .setParameter("member", place.caller().memberId())
        .setParameter("client", place.caller().login().clientId())
        .setParameter("operation", place.operation())
        .setParameter("key", place.key())
        .setParameter("sealed", cipher.seal(json.writeValueAsBytes(answer), place.toString()))
        .setParameter("now", clock.instant())
        .executeUpdate();
  }

  private Answer answer(String asked, @Nullable Object result) {
    if (result instanceof RestResponse<?> response) {
      return new Answer(
          asked,
          response.getStatus(),
          response.getHeaderString(HttpHeaders.LOCATION),
          json.valueToTree(response.getEntity()));
    }
    return new Answer(asked, result == null ? 204 : 200, null, json.valueToTree(result));
  }

  private static RestResponse<JsonNode> replay(Answer stored, String asked) {
    if (!stored.request().equals(asked)) {
      throw IdempotencyProblem.IDEMPOTENCY_KEY_REUSED.exception();
    }
    var response =
        RestResponse.ResponseBuilder.<JsonNode>create(stored.status())
            .header("Idempotency-Replayed", "true");
    if (stored.location() != null) {
      response.header(HttpHeaders.LOCATION, stored.location());
    }
    if (stored.body() != null && !stored.body().isNull()) {
      response.entity(stored.body());
    }
    return response.build();
  }

  /** What was asked: the address, and the body as it was understood. */
  private String hash(Object[] parameters) throws JsonProcessingException {
    StringBuilder asked = new StringBuilder(request.request().path());
    for (Object parameter : parameters) {
      if (parameter instanceof Record body) {
        asked.append('\n').append(json.writeValueAsString(body));
      }
    }
    return HexFormat.of().formatHex(RandomSecret.hash(asked.toString()));
  }
}
