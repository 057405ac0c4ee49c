package org.stillpoint.practitioner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.stillpoint.testkit.Api.as;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.stillpoint.identity.Scopes;
import org.stillpoint.relationship.GrantScope;
import org.stillpoint.testkit.ApiDocument;
import org.stillpoint.testkit.ApiDocument.Operation;
import org.stillpoint.testkit.AtOnce;
import org.stillpoint.testkit.Couple;
import org.stillpoint.testkit.Person;
import org.stillpoint.testkit.PlainHttp;
import org.stillpoint.testkit.PlainHttp.Answer;
import org.stillpoint.testkit.PlainHttp.Call;
import org.stillpoint.testkit.Practices;
import org.stillpoint.testkit.SandboxClock;
import org.stillpoint.testkit.StillpointTest;

/**
 * Every operation under a grant, with every scope, and with everything that can stop it: the tables
 * are in {@code practice-matrix.txt}, and the operations are those of the document.
 */
@StillpointTest
@Tag("S34")
class PracticeMatrixTest {
  private static final String GRANT = "{grantId}";
  private static final String MEMBER = "{memberId}";
  private static final String ATTENDANCE = "{attendanceId}";
  private static final String ALL = "all";
  private static final Pattern PLACE = Pattern.compile("\\{\\w+}");

  /** They are refused while somebody pauses, and so tell of it. */
  private static final Set<String> GRANTED_WITH_PAUSES =
      Set.of("assignPrompts", "proposeAgendas", "attendCheckIns");

  /** What ends the grant comes last. */
  private static final List<Operation> OPERATIONS =
      ApiDocument.read().operations().stream()
          .filter(operation -> operation.path().startsWith("/v1/practice/grants/" + GRANT))
          .sorted(
              Comparator.comparing((Operation operation) -> "DELETE".equals(operation.method()))
                  .thenComparing(operation -> -operation.path().length()))
          .toList();

  private static final PracticeMatrix MATRIX = PracticeMatrix.read();

  private enum Stop {
    REQUESTED,
    SUSPENDED,
    ENDED,
    RESIGNED,
    EXPIRED,
    ELSEWHERE,
    COLLEAGUE,
    MEMBER,
    NONE,
    SCOPE;

    String column() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * Somebody who asks for a grant.
   *
   * @param headers what they send to prove who they are
   * @param member whose things they ask for where those are one member's
   * @param attendance the id of a talk at which they are, if the grant goes on
   */
  private record Visit(
      Function<Operation, Map<String, String>> headers,
      UUID grant,
      Person member,
      String attendance) {
    Visit(Function<Operation, Map<String, String>> headers, UUID grant, Person member) {
      this(headers, grant, member, UUID.randomUUID().toString());
    }

    /** What each operation answers. */
    Map<String, Integer> statuses() {
      Map<String, Integer> statuses = new TreeMap<>();
      OPERATIONS.forEach(operation -> statuses.put(operation.id(), status(operation)));
      return statuses;
    }

    /** What it answers; not found only as of a grant that never was. */
    int status(Operation operation) {
      Map<String, String> proof = headers.apply(operation);
      Answer answer = ask(operation, grant, proof);
      if (answer.status() == 404) {
        assertThat(said(answer))
            .as(operation.id())
            .isEqualTo(said(ask(operation, UUID.randomUUID(), proof)));
      }
      return answer.status();
    }

    private Answer ask(Operation operation, UUID id, Map<String, String> proof) {
      String path =
          PLACE
              .matcher(operation.path())
              .replaceAll(
                  place ->
                      switch (place.group()) {
                        case GRANT -> id.toString();
                        case MEMBER -> member.id().toString();
                        case ATTENDANCE -> attendance;
                        // The caller's own to make.
                        default -> UUID.randomUUID().toString();
                      });
      JsonNode body = operation.node().at("/requestBody/content/application~1json/example");
      if (body.isMissingNode()) {
        return PlainHttp.send(new Call(operation.method(), path, proof));
      }
      Map<String, String> sent = new HashMap<>(proof);
      sent.put("Content-Type", "application/json");
      return PlainHttp.send(new Call(operation.method(), path, sent, body.toString()));
    }
  }

  @Test
  void everyTableHasARowForEachOperationAndNoOther() {
    List<String> operations = OPERATIONS.stream().map(Operation::id).toList();

    for (String table : List.of("shared", "self", "stopped")) {
      for (String column : MATRIX.columns(table)) {
        assertThat(MATRIX.column(table, column).keySet())
            .as(table)
            .containsExactlyInAnyOrderElementsOf(operations);
      }
    }
  }

  @Test
  @Tag("S27")
  void whatAllGrantOpensItsScopeAndNoMore() {
    assertThat(MATRIX.columns("shared"))
        .containsExactlyElementsOf(Stream.concat(scopes().stream(), Stream.of(ALL)).toList());

    AtOnce.each(
        MATRIX.columns("shared"),
        column -> {
          Couple couple = Couple.create();
          Person dora = Practices.practitioner();
          UUID grant = Practices.granted(couple, dora, shared(column));
          boolean attends = Set.of("attendCheckIns", ALL).contains(column);
          String talk =
              attends ? Practices.attended(couple, dora, grant) : UUID.randomUUID().toString();
          assertAnswers("shared", column, new Visit(login(dora), grant, couple.ben(), talk));
        });
  }

  private static String[] shared(String column) {
    if (ALL.equals(column)) {
      return scopes().toArray(String[]::new);
    }
    return GRANTED_WITH_PAUSES.contains(column)
        ? new String[] {column, "pauses"}
        : new String[] {column};
  }

  @Test
  @Tag("S28")
  void whatOneMemberGrantsOpensItsScopeAndNoMore() {
    AtOnce.each(
        MATRIX.columns("self"),
        column -> {
          Person ana = Couple.create().ana();
          Person dora = Practices.practitioner();
          UUID grant = Practices.own(ana, dora, ALL.equals(column) ? own() : new String[] {column});
          assertAnswers("self", column, new Visit(login(dora), grant, ana));
        });
  }

  @Test
  @Tag("S28")
  void nobodyGrantsAloneWhatIsOthersToo() {
    Person ana = Couple.create().ana();
    String code = Practices.code(Practices.practitioner());

    for (String scope : scopes()) {
      Practices.giveOwn(ana, code, 90, scope)
          .then()
          .statusCode(MATRIX.columns("self").contains(scope) ? 201 : 400);
    }
  }

  /** Though the partner's things lie beside, and another grant opens them. */
  @Test
  @Tag("S28")
  void whatOneMemberGrantsOpensNothingOfThePartners() {
    Couple couple = Couple.create();
    Person dora = Practices.practitioner();
    Practices.granted(couple, dora, Practices.SCOPES);
    Visit partners = new Visit(login(dora), Practices.own(couple.ana(), dora, own()), couple.ben());

    List<Operation> ofOneMember =
        OPERATIONS.stream().filter(operation -> operation.path().contains(MEMBER)).toList();

    assertThat(ofOneMember)
        .isNotEmpty()
        .allSatisfy(operation -> assertThat(partners.status(operation)).isEqualTo(404));
  }

  @Test
  @Tag("S27")
  void whatIsStoppedOpensNothing() {
    assertThat(MATRIX.columns("stopped"))
        .containsExactlyElementsOf(Stream.of(Stop.values()).map(Stop::column).toList());

    AtOnce.each(
        Stream.of(Stop.values()).filter(stop -> stop != Stop.EXPIRED).toList(),
        stop -> visits(stop).forEach(visit -> assertAnswers("stopped", stop.column(), visit)));
  }

  @Test
  @Tag("S27")
  void whatHasHadItsDaysOpensNothing() {
    List<Visit> visits = visits(Stop.EXPIRED);
    SandboxClock.advance(Duration.ofDays(90));

    visits.forEach(visit -> assertAnswers("stopped", Stop.EXPIRED.column(), visit));
  }

  private static void assertAnswers(String table, String column, Visit visit) {
    assertThat(visit.statuses())
        .as(table + " " + column)
        .containsExactlyInAnyOrderEntriesOf(MATRIX.column(table, column));
  }

  /** Of a grant of a couple's, and of one of Ana's own. */
  private static List<Visit> visits(Stop stop) {
    Couple couple = Couple.create();
    Person ana = couple.ana();
    Person dora = Practices.practitioner();
    if (stop == Stop.REQUESTED) {
      UUID asked = Practices.requested(couple, ana, Practices.code(dora), Practices.SCOPES);
      return List.of(new Visit(login(dora), asked, ana));
    }
    UUID shared = Practices.granted(couple, dora, Practices.SCOPES);
    UUID own = Practices.own(ana, dora, own());
    String talk = Practices.attended(couple, dora, shared);
    Function<Operation, Map<String, String>> headers =
        switch (stop) {
          case REQUESTED, EXPIRED -> login(dora);
          case SUSPENDED -> {
            register(dora, "I tell everybody everything.");
            yield login(dora);
          }
          case ENDED -> {
            Practices.end(couple, couple.ben(), shared).then().statusCode(204);
            as(ana).delete(Practices.own(own)).then().statusCode(204);
            yield login(dora);
          }
          case RESIGNED -> {
            for (UUID grant : List.of(shared, own)) {
              as(dora).delete("/v1/practice/grants/" + grant).then().statusCode(204);
            }
            yield login(dora);
          }
          case ELSEWHERE -> login(dora, "another-app");
          case COLLEAGUE -> {
            Person colleague = Practices.practitioner();
            Practices.own(ana, colleague, own());
            yield login(colleague);
          }
          case MEMBER -> {
            register(couple.ben(), "I keep nothing.");
            yield login(couple.ben());
          }
          case NONE -> operation -> Map.of();
          case SCOPE -> operation -> bearer(dora, Practices.TOOL, allBut(operation.scopes()));
        };
    return List.of(new Visit(headers, shared, ana, talk), new Visit(headers, own, ana));
  }

  private static void register(Person person, String policy) {
    Practices.register(person, Practices.profile("Dora Lind", policy)).then().statusCode(200);
  }

  private static Function<Operation, Map<String, String>> login(Person person) {
    return login(person, Practices.TOOL);
  }

  /** With the documented scope and no other. */
  private static Function<Operation, Map<String, String>> login(Person person, String app) {
    return operation -> bearer(person, app, String.join(" ", operation.scopes()));
  }

  private static Map<String, String> bearer(Person person, String app, String scope) {
    Person there = person.with(Map.of("clientId", app, "scope", scope));
    return Map.of("Authorization", "Bearer " + there.token());
  }

  private static String allBut(Set<String> scopes) {
    return Stream.of(Scopes.ALL.split(" ", -1))
        .filter(scope -> !scopes.contains(scope))
        .collect(Collectors.joining(" "));
  }

  private static List<String> scopes() {
    return Stream.of(GrantScope.values()).map(GrantScope::wireName).toList();
  }

  /** All that one member can grant alone. */
  private static String[] own() {
    return MATRIX.columns("self").stream()
        .filter(column -> !ALL.equals(column))
        .toArray(String[]::new);
  }

  /** All of it but what differs from answer to answer, whatever is asked. */
  private static String said(Answer answer) {
    Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    headers.putAll(answer.headers());
    headers.keySet().removeAll(Set.of("Date", "Request-Id"));
    // How much is left of the caller's own rate; that it is told at all stays.
    headers.computeIfPresent("RateLimit", (name, left) -> List.of("left"));
    return answer.status()
        + "\n"
        + headers
        + "\n"
        + answer.body().replaceAll("\"requestId\":\"[^\"]+\"", "\"requestId\":\"\"");
  }
}
