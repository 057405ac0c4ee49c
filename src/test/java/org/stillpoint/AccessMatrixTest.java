package org.stillpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertAll;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.stillpoint.identity.Scopes;
import org.stillpoint.testkit.ApiDocument;
import org.stillpoint.testkit.ApiDocument.Operation;
import org.stillpoint.testkit.AtOnce;
import org.stillpoint.testkit.Person;
import org.stillpoint.testkit.PlainHttp;
import org.stillpoint.testkit.PlainHttp.Answer;
import org.stillpoint.testkit.PlainHttp.Call;
import org.stillpoint.testkit.StillpointTest;

/**
 * Every operation, called by everybody who might: the table is in {@code access-matrix.txt}, and
 * the operations are those of the document.
 */
@StillpointTest
class AccessMatrixTest {
  private static final Path TABLE = Path.of("src", "test", "resources", "access-matrix.txt");

  /** What can't be done while somebody has paused. */
  private static final Set<String> NEED_AN_OPEN_RELATIONSHIP =
      Set.of(
          "previewInvitation",
          "acceptInvitation",
          "dropSignal",
          "scheduleCheckIn",
          "createCheckInSeries",
          "sayReady",
          "submitMyAnswer",
          "proposeGuest",
          "assentToGuest",
          "acceptGuestInvitation",
          "startItem",
          "wishToGoOn",
          "takeTurn",
          "finishSpeaking",
          "sayHeard",
          "sayNotYet",
          "passTurn",
          "proposeDecision",
          "assentToDecision",
          "requestGrant",
          "assentToGrant");

  /** What others could not be done after. */
  private static final Set<String> NEED_PEOPLE_OF_THEIR_OWN =
      Set.of(
          "withdrawConsent",
          "cutOffClient",
          "exit",
          "eraseMe",
          "leaveRelationship",
          "acceptInvitation",
          "liftPause",
          "proposeAgreement",
          "endAgreement",
          "declineTerm",
          "skipCheckIn",
          "deferCheckIn",
          "closeCheckIn",
          "finishSpeaking",
          "sayHeard",
          "sayNotYet",
          "passTurn",
          "registerPractitioner");

  /** Differ from answer to answer, whatever is asked. */
  private static final Set<String> OF_THE_EXCHANGE = Set.of("request-id", "ratelimit", "date");

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Map<Boolean, AccessFixture> SHARED = new HashMap<>();

  enum Caller {
    OWNER,
    PARTNER,
    FORMER,
    STRANGER,
    NONE,
    EXPIRED,
    SCOPE,
    TAPKEY
  }

  record Cell(Operation operation, Caller caller, int status) {
    @Override
    public String toString() {
      return operation.id() + " as " + caller + ": " + status;
    }

    boolean isAllowed() {
      return status < 300;
    }
  }

  @Test
  void everyOperationHasARowAndEveryRowAnOperation() throws IOException {
    List<String> operations = ApiDocument.read().operations().stream().map(Operation::id).toList();

    assertThat(table().keySet()).containsExactlyInAnyOrderElementsOf(operations);
  }

  /** With the documented scope and no other: the document asks for no more than is needed. */
  @ParameterizedTest
  @MethodSource
  void whoMayIsLetIn(Cell cell) {
    assertThat(send(cell, shared(cell.operation())).status())
        .as(cell.toString())
        .isEqualTo(cell.status());
  }

  static Stream<Cell> whoMayIsLetIn() throws IOException {
    return cells().filter(Cell::isAllowed).filter(cell -> leavesThings(cell.operation()));
  }

  /** The same of what makes things and takes them away: each caller does one after the other. */
  @Test
  void whoMayIsLetInOnce() throws IOException {
    Map<String, List<Cell>> turns = new LinkedHashMap<>();
    cells()
        .filter(Cell::isAllowed)
        .filter(cell -> !leavesThings(cell.operation()))
        .sorted(Comparator.comparing(Cell::operation, Operation.TAKING_AWAY_LAST))
        .forEach(cell -> turns.computeIfAbsent(turn(cell), name -> new ArrayList<>()).add(cell));

    AtOnce.each(turns.values(), AccessMatrixTest::areLetIn);
  }

  private static String turn(Cell cell) {
    Operation operation = cell.operation();
    return NEED_PEOPLE_OF_THEIR_OWN.contains(operation.id())
        ? cell.toString()
        : cell.caller() + " " + isPaused(operation);
  }

  /** All on things of the same people. */
  private static void areLetIn(List<Cell> cells) {
    Operation first = cells.getFirst().operation();
    AccessFixture fixture =
        NEED_PEOPLE_OF_THEIR_OWN.contains(first.id())
            ? AccessFixture.create(isPaused(first), first)
            : AccessFixture.create(isPaused(first));
    assertAll(
        cells.stream()
            .map(
                cell ->
                    () -> {
                      Answer answer = send(cell, fixture);
                      assertThat(answer.status())
                          .as("%s: %s", cell, answer.body())
                          .isEqualTo(cell.status());
                    }));
  }

  @ParameterizedTest
  @MethodSource
  void whoMayNotIsRefused(Cell cell) {
    assertThat(send(cell, shared(cell.operation())).status())
        .as(cell.toString())
        .isEqualTo(cell.status());
  }

  static Stream<Cell> whoMayNotIsRefused() throws IOException {
    return cells().filter(cell -> !cell.isAllowed() && cell.status() != 404);
  }

  @ParameterizedTest
  @MethodSource
  @Tag("S34")
  void whatIsNotYoursLooksLikeWhatDoesNotExist(Cell cell) {
    AccessFixture fixture = shared(cell.operation());
    Call call = call(cell, fixture);
    Call forNothing =
        new Call(
            call.method(),
            AccessFixture.addressOfNothing(cell.operation().path()),
            call.headers(),
            call.body());

    Answer answer = PlainHttp.send(call);

    assertThat(answer.status()).as(cell.toString()).isEqualTo(404);
    assertThat(comparable(answer)).isEqualTo(comparable(PlainHttp.send(forNothing)));
  }

  static Stream<Cell> whatIsNotYoursLooksLikeWhatDoesNotExist() throws IOException {
    return cells().filter(cell -> cell.status() == 404);
  }

  @Test
  @Tag("S1")
  void aTapKeyWorksBesideALoginThatHasExpired() throws InterruptedException {
    AccessFixture fixture = shared(true);
    awaitExpiry(fixture);

    Map<String, String> headers = new HashMap<>(bearer(fixture.expired()));
    headers.put("Tap-Key", fixture.tapKey());

    assertThat(PlainHttp.send(new Call("POST", "/v1/taps", headers)).status()).isEqualTo(200);
  }

  private static Answer send(Cell cell, AccessFixture fixture) {
    return PlainHttp.send(call(cell, fixture));
  }

  static Call call(Cell cell, AccessFixture fixture) {
    Operation operation = cell.operation();
    Map<String, String> headers = new HashMap<>(credentials(cell, fixture));
    String body = body(operation, fixture);
    if (body != null) {
      headers.put("Content-Type", "application/json");
    }
    if (operation.needsVersion()) {
      boolean invitation = "acceptInvitation".equals(operation.id());
      headers.put("If-Match", invitation ? fixture.etag() : "*");
    }
    return new Call(operation.method(), fixture.address(operation), headers, body);
  }

  /** The document's own example, unless its times or its ids have to be of some use. */
  private static @Nullable String body(Operation operation, AccessFixture fixture) {
    var fitting = fixture.body(operation.id());
    if (fitting != null) {
      return JSON.valueToTree(fitting).toString();
    }
    if ("offerReturnWindows".equals(operation.id())) {
      Instant start = Instant.now().truncatedTo(ChronoUnit.HOURS).plus(1, ChronoUnit.DAYS);
      return """
      {"windows": [{"startsAt": "%s", "endsAt": "%s"}]}\
      """
          .formatted(start, start.plus(2, ChronoUnit.HOURS));
    }
    var content = operation.node().at("/requestBody/content/application~1json");
    if (content.isMissingNode()) {
      return null;
    }
    assertThat(content.has("example")).as("an example for %s", operation.id()).isTrue();
    return content.get("example").toString();
  }

  private static Map<String, String> credentials(Cell cell, AccessFixture fixture) {
    if (cell.operation().takesTapKey()) {
      return tapCredentials(cell.caller(), fixture);
    }
    String scope = String.join(" ", cell.operation().scopes());
    return switch (cell.caller()) {
      case OWNER -> login(fixture.owner(), scope);
      case PARTNER -> login(fixture.partner(), scope);
      case FORMER -> login(fixture.former(), scope);
      case STRANGER -> login(fixture.stranger(), scope);
      case NONE -> Map.of();
      case EXPIRED -> expired(fixture);
      case SCOPE -> login(fixture.owner(), allBut(cell.operation().scopes()));
      case TAPKEY -> Map.of("Tap-Key", fixture.tapKey());
    };
  }

  private static Map<String, String> tapCredentials(Caller caller, AccessFixture fixture) {
    return switch (caller) {
      case OWNER, TAPKEY -> Map.of("Tap-Key", fixture.tapKey());
      case FORMER -> Map.of("Tap-Key", fixture.formerTapKey());
      case STRANGER -> Map.of("Tap-Key", "stap_AYk3xQv0m1c2d3e4f5g6h7");
      case PARTNER -> login(fixture.partner(), Scopes.ALL);
      case SCOPE -> login(fixture.owner(), Scopes.ALL);
      case EXPIRED -> expired(fixture);
      case NONE -> Map.of();
    };
  }

  private static Map<String, String> login(Person person, String scope) {
    return bearer(person.with(Map.of("scope", scope)).token());
  }

  private static Map<String, String> bearer(String token) {
    return Map.of("Authorization", "Bearer " + token);
  }

  private static Map<String, String> expired(AccessFixture fixture) {
    try {
      awaitExpiry(fixture);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    return bearer(fixture.expired());
  }

  private static void awaitExpiry(AccessFixture fixture) throws InterruptedException {
    Duration left = Duration.between(Instant.now(), fixture.expiredAt());
    if (left.isPositive()) {
      Thread.sleep(left);
    }
  }

  /** Every scope but these; for an operation that needs none, not a single one. */
  private static String allBut(Set<String> scopes) {
    return scopes.isEmpty()
        ? ""
        : Stream.of(Scopes.ALL.split(" ", -1))
            .filter(scope -> !scopes.contains(scope))
            .collect(Collectors.joining(" "));
  }

  /**
   * Another's pause's id in a tap of one's own stays a name of one's own pause, an answer may be
   * the last, whoever registers is a practitioner, and whoever subscribes has a subscription.
   */
  private static boolean leavesThings(Operation operation) {
    boolean answers =
        operation.path().contains("{termId}/") || "submitMyAnswer".equals(operation.id());
    return Set.of("GET", "PUT", "PATCH").contains(operation.method())
        && !answers
        && !Set.of("raisePauseWithId", "registerPractitioner", "subscribeWebhooks")
            .contains(operation.id());
  }

  static boolean isPaused(Operation operation) {
    return !NEED_AN_OPEN_RELATIONSHIP.contains(operation.id());
  }

  /** One for all who are refused, or do what changes nothing for those who come after. */
  private static AccessFixture shared(Operation operation) {
    return shared(isPaused(operation));
  }

  private static AccessFixture shared(boolean paused) {
    return SHARED.computeIfAbsent(paused, AccessFixture::create);
  }

  private static String comparable(Answer answer) {
    Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    headers.putAll(answer.headers());
    OF_THE_EXCHANGE.forEach(headers::remove);
    return answer.status()
        + "\n"
        + headers
        + "\n"
        + answer.body().replaceAll("\"requestId\":\"[^\"]+\"", "\"requestId\":\"\"");
  }

  private static Stream<Cell> cells() throws IOException {
    Map<String, List<Integer>> table = table();
    List<Cell> cells = new ArrayList<>();
    for (Operation operation : ApiDocument.read().operations()) {
      List<Integer> row = table.getOrDefault(operation.id(), List.of());
      for (int column = 0; column < row.size(); column++) {
        cells.add(new Cell(operation, Caller.values()[column], row.get(column)));
      }
    }
    return cells.stream();
  }

  private static Map<String, List<Integer>> table() throws IOException {
    Map<String, List<Integer>> rows = new LinkedHashMap<>();
    List<String> lines =
        Files.readAllLines(TABLE).stream()
            .filter(line -> !line.isBlank() && !line.startsWith("#"))
            .toList();
    assertThat(List.of(words(lines.getFirst())))
        .as("the columns")
        .containsExactly(
            "operation",
            "owner",
            "partner",
            "former",
            "stranger",
            "none",
            "expired",
            "scope",
            "tapkey");
    for (String line : lines.subList(1, lines.size())) {
      List<String> words = List.of(words(line));
      assertThat(words).as(line).hasSize(1 + Caller.values().length);
      var before =
          rows.put(
              words.getFirst(),
              words.subList(1, words.size()).stream().map(Integer::valueOf).toList());
      assertThat(before).as("a second row for " + words.getFirst()).isNull();
    }
    return rows;
  }

  private static String[] words(String line) {
    return line.trim().split(" +", -1);
  }
}
