package org.stillpoint.mallory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.stillpoint.testkit.Api.as;

import io.restassured.http.ContentType;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.stillpoint.testkit.ApiDocument;
import org.stillpoint.testkit.ApiDocument.Operation;
import org.stillpoint.testkit.AtOnce;
import org.stillpoint.testkit.Person;
import org.stillpoint.testkit.PlainHttp;
import org.stillpoint.testkit.PlainHttp.Answer;
import org.stillpoint.testkit.Practices;
import org.stillpoint.testkit.Reflections;
import org.stillpoint.testkit.StillpointTest;

/**
 * A practitioner who may read all that there is to be granted, and knows the ids of all the rest:
 * whatever is no operation of the practice answers as it does to a stranger.
 */
@SuppressWarnings("NullAway.Init")
@StillpointTest
@Tag("S34")
class PractitionerAsStrangerTest {
  /** There is one door; what it opens is for the tables of the practice. */
  private static final Predicate<Operation> OF_THE_PRACTICE =
      operation ->
          Stream.of("/v1/practice/", "/v1/practitioners/me").anyMatch(operation.path()::startsWith);

  /** Whoever holds a code, a secret or a key may use it, whoever that is. */
  private static final Predicate<Operation> TAKES_A_SECRET =
      operation ->
          operation.takesTapKey()
              || Calls.places(operation).stream().anyMatch(Estate.SECRETS::contains);

  private static final List<Operation> OPERATIONS =
      ApiDocument.read().operations().stream()
          .filter(OF_THE_PRACTICE.or(TAKES_A_SECRET).negate())
          .toList();

  private Estate clients;
  private Person practitioner;
  private Person stranger;

  /** The grant under which each is given, of the couple and of the owner's own. */
  private List<Map<String, String>> given;

  @BeforeEach
  void aPractitionerOfAVictim() {
    clients = Estate.create("ana", "ben");
    practitioner = Practices.practitioner();
    stranger = Person.adult("stranger").through(Practices.TOOL);
    Person ana = clients.owner();
    UUID shared = Practices.granted(clients.couple(), practitioner, Practices.SCOPES);
    UUID own =
        Practices.own(ana, practitioner, "pauses", "snapshots", "markedAnswers", "assignPrompts");
    given = List.of(under(shared), under(own));
  }

  /** A grant with a copy and a prompt, by the names under which operations take them. */
  private Map<String, String> under(UUID grant) {
    Person ana = clients.owner();
    UUID prompt = UUID.randomUUID();
    as(practitioner)
        .contentType(ContentType.JSON)
        .body(Map.of("promptId", Reflections.PROMPT))
        .put("/v1/practice/grants/{g}/members/{m}/prompt-assignments/{a}", grant, ana.id(), prompt)
        .then()
        .statusCode(204);
    String reflection = Reflections.kept(ana, "What a practitioner may read");
    String copy = Practices.given(ana, reflection, grant);
    return Map.of(
        "grantId",
        grant.toString(),
        "assignmentId",
        prompt.toString(),
        "reflectionId",
        reflection,
        "snapshotId",
        copy);
  }

  @Test
  void whatIsNotGrantedIsAnsweredAsToAStranger() {
    AtOnce.each(OPERATIONS, this::ask);
    clients = clients.with("pauseId", clients.couple().tap(clients.owner()).toString());
    AtOnce.each(OPERATIONS, this::ask);

    for (Map<String, String> grant : given) {
      as(practitioner).get("/v1/practice/grants/{g}", grant.get("grantId")).then().statusCode(200);
    }
  }

  private void ask(Operation operation) {
    if (!Calls.places(operation).isEmpty()) {
      addresses(operation).forEach(address -> assertSame(operation, address));
    } else if ("GET".equals(operation.method())) {
      assertTellsOfNobody(operation);
    }
  }

  /** With what is given under each grant, and with the rest of what the owner has beside it. */
  private Set<String> addresses(Operation operation) {
    Set<String> addresses = new HashSet<>();
    for (Map<String, String> things : given) {
      addresses.add(address(operation, things));
      Map<String, String> own = new HashMap<>(things);
      own.keySet().removeAll(Set.of("reflectionId", "snapshotId"));
      addresses.add(address(operation, own));
    }
    return addresses;
  }

  private String address(Operation operation, Map<String, String> things) {
    return Calls.address(
        operation,
        place -> {
          String thing = things.get(place);
          return thing == null ? clients.thing(operation, place) : thing;
        });
  }

  private void assertSame(Operation operation, String address) {
    Answer answer = ask(operation, address, practitioner);

    assertThat(answer.status()).as("%s at %s", operation, address).isNotEqualTo(429);
    assertThat(Said.by(answer))
        .as("%s at %s", operation, address)
        .isEqualTo(Said.by(ask(operation, address, stranger)));
  }

  private Answer ask(Operation operation, String address, Person person) {
    return PlainHttp.send(Calls.of(operation, address, Calls.login(person), clients));
  }

  /** What one reads without an id is of oneself. */
  private void assertTellsOfNobody(Operation operation) {
    Answer answer = ask(operation, operation.path(), practitioner);

    assertThat(answer.status())
        .as(operation.id())
        .isEqualTo(ask(operation, operation.path(), stranger).status());
    assertThat(Stream.concat(clients.things().values().stream(), clients.unsaid().stream()))
        .as(operation.id())
        .noneMatch(answer.body()::contains);
  }
}
