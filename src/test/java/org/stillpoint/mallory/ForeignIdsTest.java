package org.stillpoint.mallory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.stillpoint.testkit.Api.as;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.stillpoint.testkit.ApiDocument;
import org.stillpoint.testkit.ApiDocument.Operation;
import org.stillpoint.testkit.AtOnce;
import org.stillpoint.testkit.CheckInThings;
import org.stillpoint.testkit.Couple;
import org.stillpoint.testkit.Person;
import org.stillpoint.testkit.PlainHttp.Answer;
import org.stillpoint.testkit.PlainHttp.Call;
import org.stillpoint.testkit.PracticeThings;
import org.stillpoint.testkit.StillpointTest;

/**
 * Every operation of the document, with every id that isn't the caller's, and with every id in the
 * place of every other: it is as if there were nothing, and nothing changes.
 */
@SuppressWarnings("NullAway.Init")
@StillpointTest
@Tag("S34")
class ForeignIdsTest {
  private static final AccessTable TABLE = AccessTable.read();
  private static final int MOST_OF_A_PRACTICE = 40;
  private static final String SELF_GRANT = "selfGrantId";
  private static final String RELATIONSHIP = "relationshipId";
  private static final String CODE = "a code";
  private static final String SECRET = "a secret";
  private static final String MESSAGE = "a message";
  private static final String ID = "an id";

  private static final List<Operation> OPERATIONS = ApiDocument.read().operations();

  /**
   * An attacker, with things elsewhere.
   *
   * @param column whose column of the table says what is allowed
   */
  private record Mallory(String column, Person person, Estate own) {
    static Mallory who(String column, Person person) {
      return new Mallory(column, person, Estate.of(person, Person.adult("accomplice")));
    }

    /** Whether the victim's relationship is this one's too. */
    boolean belongs() {
      return "partner".equals(column);
    }
  }

  private Estate prey;
  private Mallory stranger;
  private Mallory former;
  private Mallory partner;

  /** Nobody proposes, or has, so much of it: new people do it, with so many of the things each. */
  private static final Map<String, Integer> IN_TURNS =
      Map.of(
          "addSignal", 9,
          "changeSignal", 9,
          "createCalendarFeed", 9,
          "createCheckInSeries", 1,
          "createHold", 9,
          "createTapKey", 9,
          "makeSelfGrant", 9,
          "proposeDecision", 2,
          "proposeGuest", 1,
          "requestGrant", 9);

  private static final String TALKS = "talks";

  /** Who does it, where one alone may not do all: what is proposed, and codes, are counted. */
  private static final Map<String, String> WHO =
      Map.of(
          "changeSignal",
          "changes",
          "createCheckInSeries",
          TALKS,
          "makeSelfGrant",
          "makes",
          "proposeDecision",
          TALKS,
          "proposeGuest",
          TALKS,
          "requestGrant",
          "requests");

  /** As many codes as one person may try in an hour, with what each is compared with. */
  private static final int IN_A_TURN = 9;

  @BeforeEach
  void aVictim() {
    Person owner = Person.adult("ana");
    Person other = Person.adult("ben");
    AtOnce.each(
        List.<Runnable>of(
            () -> prey = Estate.of(owner, other),
            () -> stranger = Mallory.who("stranger", Person.adult("stranger"))),
        Runnable::run);
  }

  private void thePartner() {
    partner = Mallory.who("partner", prey.partner());
  }

  private void whoeverWasClose() {
    Person left = Person.adult("former");
    prey.welcome(left);
    prey.couple().leave(left);
    AtOnce.each(
        List.<Runnable>of(() -> former = Mallory.who("former", left), this::thePartner),
        Runnable::run);
  }

  @Test
  void whatIsTheirsIsLikeNothingInEveryState() {
    whoeverWasClose();
    Person ana = prey.owner();
    attackAll("open", List.of(stranger, former, partner));
    pause();
    attackAll("paused", List.of(stranger, former, partner));
    delete(ana, prey.couple().path("/tap-keys/" + prey.thing("tapKeyId")));
    attackAll("tap key revoked", List.of(partner));
    delete(ana, "/v1/me/clients/" + prey.thing("clientId"));
    attackAll("client cut off", List.of(stranger, partner));
    prey.couple().leave(prey.partner());
    partner = new Mallory("former", partner.person(), partner.own());
    attackAll("closed", List.of(stranger, partner));
  }

  @Test
  void whatTheyLeftBehindIsLikeNothing() {
    whoeverWasClose();
    prey.couple().leave(prey.owner());

    attackAll("the victim has left", List.of(stranger, former, partner));
  }

  /** What the victim sees, and the app whose server gets the victim's events. */
  private record Views(View person, View app) {
    void assertSameAs(Views before, String why) {
      person.assertSameAs(before.person, why);
      app.assertSameAs(before.app, why);
    }
  }

  private Views views(Map<String, Set<String>> known) {
    return new Views(View.of(prey.owner(), known), View.ofApp(prey.server(), known));
  }

  private void pause() {
    UUID pause = prey.couple().tap(prey.owner());
    prey.couple().awaitDelivered(prey.owner(), pause);
    prey = prey.with("pauseId", pause.toString());
  }

  private static void delete(Person person, String path) {
    as(person).delete(path).then().statusCode(204);
  }

  private void attackAll(String state, List<Mallory> attackers) {
    Map<String, Set<String>> known = new HashMap<>(prey.known());
    // Codes can be looked at a few times only.
    known.put(PracticeThings.CODE, Set.of());
    Views before = views(known);
    for (Mallory mallory : attackers) {
      AtomicInteger attacks = new AtomicInteger();
      AtOnce.each(
          OPERATIONS,
          operation -> {
            List<Map<String, String>> all = foreign(mallory, operation);
            if (!all.isEmpty()) {
              attacks.addAndGet(attack(mallory, caller(mallory, operation), operation, all));
            }
          });
      assertThat(attacks).as("attacks").hasValueGreaterThan(10);
    }
    views(known).assertSameAs(before, "ids of others, " + state);
  }

  @Test
  void anIdInTheWrongPlaceIsLikeNothing() {
    thePartner();
    pause();
    Views before = views(prey.known());

    AtomicInteger attacks = new AtomicInteger();
    for (Mallory mallory : List.of(stranger, partner)) {
      AtOnce.each(
          OPERATIONS,
          operation -> {
            for (List<Map<String, String>> some :
                inTurns(misplaced(mallory, operation), IN_A_TURN)) {
              attacks.addAndGet(attack(mallory, caller(mallory, operation), operation, some));
            }
          });
    }

    assertThat(attacks).hasValueGreaterThan(10 * OPERATIONS.size());
    views(prey.known()).assertSameAs(before, "ids in wrong places");
  }

  /** Each mixture of the attacker's things and the victim's, and the victim's alone if hidden. */
  private List<Map<String, String>> foreign(Mallory mallory, Operation operation) {
    List<String> places = attackable(operation);
    if (places.stream().anyMatch(Estate.SECRETS::contains)) {
      return List.of();
    }
    int all = (1 << places.size()) - 1;
    List<Map<String, String>> attacks = new ArrayList<>();
    for (int victims = 1; victims <= all; victims++) {
      if (victims != all || operation.isForApps() || TABLE.hides(operation, mallory.column())) {
        Map<String, String> attack = new HashMap<>();
        for (int i = 0; i < places.size(); i++) {
          Estate whose = (victims >> i & 1) == 1 ? prey : mallory.own();
          attack.put(places.get(i), whose.thing(operation, places.get(i)));
        }
        attacks.add(attack);
      }
    }
    return attacks;
  }

  /**
   * Each id of another sort in each place: the victim's beside the attacker's own, and such as lie
   * beside each other, in the relationship to which this one belongs.
   */
  private List<Map<String, String>> misplaced(Mallory mallory, Operation operation) {
    if (operation.needsNoLogin() && mallory != stranger) {
      // Nobody is anybody there, and all together may only try so often.
      return List.of();
    }
    List<String> places = attackable(operation);
    Estate familiar = mallory.belongs() ? prey : mallory.own();
    List<Map<String, String>> attacks = new ArrayList<>();
    for (String place : places) {
      misplace(operation, place, prey, mallory.own(), attacks);
      misplace(operation, place, familiar, familiar, attacks);
    }
    if (operation.path().contains("/for-practitioners/")) {
      // There a grant of one's own is in its place as well as one of a relationship's.
      attacks.removeIf(attack -> mallory.own().thing(SELF_GRANT).equals(attack.get("grantId")));
    }
    List<Map<String, String>> all = attacks.stream().distinct().toList();
    return operation.path().startsWith("/v1/practice/") ? some(all) : all;
  }

  /** All practices are read through one app, which may only ask so often: every few of the ids. */
  private static List<Map<String, String>> some(List<Map<String, String>> all) {
    int step = Math.ceilDiv(all.size(), MOST_OF_A_PRACTICE);
    return IntStream.range(0, all.size()).filter(i -> i % step == 0).mapToObj(all::get).toList();
  }

  private static void misplace(
      Operation operation,
      String place,
      Estate wrong,
      Estate beside,
      List<Map<String, String>> attacks) {
    String right = wrong.thing(operation, place);
    wrong
        .things()
        .forEach(
            (name, thing) -> {
              if (!name.equals(place) && !thing.equals(right)) {
                Map<String, String> attack = new HashMap<>();
                attackable(operation)
                    .forEach(other -> attack.put(other, beside.thing(operation, other)));
                attack.put(place, thing);
                attacks.add(attack);
              }
            });
  }

  private static List<String> attackable(Operation operation) {
    return Calls.idPlaces(operation).stream()
        .filter(place -> !place.equals(Estate.NAMED_BY_CLIENT.get(operation.id())))
        .toList();
  }

  /** Each attack gets the answer that ids of nothing get. */
  private int attack(
      Mallory mallory, Person person, Operation operation, List<Map<String, String>> attacks) {
    Map<Map<String, String>, String> known = new HashMap<>();
    for (Map<String, String> attack : attacks) {
      String nothing =
          known.computeIfAbsent(
              shape(mallory, attack),
              shape -> Said.by(send(operation, person, nothingLike(shape), mallory.own())));
      Answer answer = send(operation, person, attack, mallory.own());
      String attempt = operation + " by the " + mallory.column() + " at " + new TreeMap<>(attack);
      assertThat(answer.status()).as(attempt).isIn(404, 409);
      assertThat(Said.by(answer)).as(attempt).isEqualTo(nothing);
    }
    return attacks.size();
  }

  /** The attack, its ids replaced by their form, but for a relationship that is the attacker's. */
  private Map<String, String> shape(Mallory mallory, Map<String, String> attack) {
    Set<String> belongsTo = new HashSet<>();
    belongsTo.add(mallory.own().thing(RELATIONSHIP));
    if (mallory.belongs()) {
      belongsTo.add(prey.thing(RELATIONSHIP));
    }
    Map<String, String> shape = new HashMap<>();
    attack.forEach(
        (place, id) ->
            shape.put(place, RELATIONSHIP.equals(place) && belongsTo.contains(id) ? id : form(id)));
    return shape;
  }

  private static String form(String id) {
    if (id.length() == Estate.NO_CODE.length()) {
      return CODE;
    }
    if (id.length() == Estate.NO_SECRET.length()) {
      return SECRET;
    }
    return id.contains(".") ? MESSAGE : ID;
  }

  private static Map<String, String> nothingLike(Map<String, String> shape) {
    Map<String, String> ids = new HashMap<>(shape);
    ids.replaceAll(
        (place, id) ->
            switch (id) {
              case CODE -> Estate.NO_CODE;
              case SECRET -> Estate.NO_SECRET;
              case MESSAGE -> Estate.nothing("messageId");
              case ID -> Estate.nothing("id");
              default -> id;
            });
    return ids;
  }

  /**
   * Codes can be tried a few times only, so that a new person tries those of each operation; and
   * one app alone reads as a practitioner. What is an app's, another app tries.
   */
  private static Person caller(Mallory mallory, Operation operation) {
    if (operation.isForApps()) {
      return mallory.own().server();
    }
    if (operation.path().startsWith("/v1/practice/")) {
      return mallory.person();
    }
    boolean secret = Calls.places(operation).stream().anyMatch(Estate.SECRETS::contains);
    Person person =
        secret ? Person.adult("guesser") : mallory.person().through("app of " + operation);
    as(person).get("/v1/me").then().statusCode(200);
    return person;
  }

  private static Answer send(
      Operation operation, Person person, Map<String, String> places, Estate own) {
    String address =
        Calls.address(operation, place -> places.getOrDefault(place, Estate.nothing(place)));
    return View.patiently(Calls.of(operation, address, Calls.login(person), own));
  }

  /** In the query there is no place for an id but a cursor, which gives no access. */
  @Test
  void anIdInTheQueryOrTheBodyIsLikeAnInventedOne() {
    Mallory mallory = stranger;
    Views before = views(prey.known());
    AtomicInteger attacks = new AtomicInteger();
    AtOnce.each(OPERATIONS, operation -> attacks.addAndGet(inTheQueries(operation, mallory)));
    // What they send they may read again, so that the queries come first.
    List<Runnable> bodies = new ArrayList<>();
    bodies.add(() -> attacks.addAndGet(inTheBodies(mallory)));
    bodies.addAll(turns());
    AtOnce.each(bodies, Runnable::run);

    assertThat(attacks).hasValueGreaterThan(OPERATIONS.size());
    views(prey.known()).assertSameAs(before, "ids in queries and bodies");
  }

  private int inTheQueries(Operation operation, Mallory mallory) {
    int attacks = 0;
    Person person = mallory.person().through("app of " + operation);
    for (JsonNode parameter : Calls.parameters(operation, "query")) {
      String query = "?" + parameter.get("name").asText() + "=";
      attacks += inTheQuery(operation, person, mallory.own(), query);
    }
    return attacks;
  }

  private int inTheBodies(Mallory mallory) {
    int attacks = 0;
    for (Operation operation : OPERATIONS) {
      if (!IN_TURNS.containsKey(operation.id())) {
        attacks += inTheBody(operation, mallory, things());
      }
    }
    return attacks;
  }

  private int inTheQuery(Operation operation, Person person, Estate own, String query) {
    String address = Calls.address(operation, place -> own.thing(operation, place)) + query;
    Map<String, String> login = Calls.credentials(operation, person, own);
    Map<String, String> nobodys = new HashMap<>();
    for (Map.Entry<String, String> thing : prey.things().entrySet()) {
      String id = thing.getValue();
      Answer answer = View.patiently(Calls.of(operation, address + id, login));
      assertThat(Said.by(answer, Set.of(id)))
          .as("%s at %s%s", operation, query, id)
          .isEqualTo(
              nobodys.computeIfAbsent(
                  Estate.OF_ANOTHER_FORM.contains(thing.getKey()) ? thing.getKey() : ID,
                  sort -> nobodys(operation, address, Estate.nothing(thing.getKey()), login)));
    }
    return prey.things().size();
  }

  private static String nobodys(
      Operation operation, String address, String invented, Map<String, String> login) {
    return Said.by(
        View.patiently(Calls.of(operation, address + invented, login)), Set.of(invented));
  }

  private List<Map.Entry<String, String>> things() {
    return List.copyOf(prey.things().entrySet());
  }

  /** In each, somebody new does as much as one may. */
  private List<Runnable> turns() {
    Map<String, List<Consumer<Mallory>>> turns = new LinkedHashMap<>();
    for (Operation operation : OPERATIONS) {
      int turn = 0;
      for (var some : inTurns(things(), IN_TURNS.getOrDefault(operation.id(), 0))) {
        turns
            .computeIfAbsent(WHO.getOrDefault(operation.id(), "") + turn++, w -> new ArrayList<>())
            .add(mallory -> inTheBody(operation, mallory, some));
      }
    }
    return turns.entrySet().stream()
        .<Runnable>map(
            turn ->
                () -> {
                  Mallory mallory = turn.getKey().startsWith(TALKS) ? talker() : somebodyNew();
                  turn.getValue().forEach(one -> one.accept(mallory));
                })
        .toList();
  }

  private static Mallory somebodyNew() {
    return Mallory.who("stranger", Person.adult("stranger"));
  }

  /** Somebody new who has nothing but check-ins. */
  private Mallory talker() {
    Couple couple = Couple.create();
    return new Mallory(
        "stranger", couple.ana(), stranger.own().with(couple, CheckInThings.of(couple)));
  }

  /** In parts of so many; none, if that is none. */
  private static <T> List<List<T>> inTurns(List<T> all, int most) {
    List<List<T>> turns = new ArrayList<>();
    for (int from = 0; most > 0 && from < all.size(); from += most) {
      turns.add(all.subList(from, Math.min(from + most, all.size())));
    }
    return turns;
  }

  private int inTheBody(
      Operation operation, Mallory mallory, List<Map.Entry<String, String>> things) {
    Person person = mallory.person().through("app of " + operation);
    Estate own = mallory.own();
    JsonNode example = Calls.body(operation, own);
    if (example == null) {
      return 0;
    }
    Call call = Calls.of(operation, person, own);
    int attacks = 0;
    for (int place = 0; place < Bodies.texts(example); place++) {
      String nobody = Estate.nothing("invented");
      Map<String, Answer> known = new HashMap<>();
      for (Map.Entry<String, String> thing : things) {
        String id = thing.getValue();
        String invented =
            Estate.OF_ANOTHER_FORM.contains(thing.getKey())
                ? Estate.nothing(thing.getKey())
                : nobody;
        JsonNode body = Bodies.withText(example, place, invented);
        Answer nobodys = known.computeIfAbsent(invented, other -> View.patiently(with(call, body)));
        Answer answer = View.patiently(with(call, Bodies.withText(example, place, id)));
        String attempt = operation + " with " + id + " at text " + place + ": " + answer.body();
        assertThat(answer.status()).as(attempt).isNotEqualTo(429).isEqualTo(nobodys.status());
        if (answer.status() >= 400) {
          assertThat(Said.by(answer, Set.of(id)))
              .as(attempt)
              .isEqualTo(Said.by(nobodys, Set.of(invented)));
        }
        assertThat(prey.unsaid()).as(attempt).noneMatch(answer.body()::contains);
        attacks++;
      }
    }
    return attacks;
  }

  private static Call with(Call call, JsonNode body) {
    return new Call(call.method(), call.path(), call.headers(), body.toString());
  }
}
