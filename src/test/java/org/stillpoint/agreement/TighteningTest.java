package org.stillpoint.agreement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.fail;
import static org.stillpoint.agreement.Tightening.isTightening;

import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.stillpoint.api.json.CanonicalJson;
import org.stillpoint.api.json.StrictJson;
import org.stillpoint.crypto.SensitiveText;

/**
 * What one member may change alone: example by example, and then for many random changes, of which
 * none may give anybody more, or forbid anything to anybody but its author.
 *
 * <p>{@code -Dtightening.seed} repeats a run, {@code -Dtightening.pairs} makes a longer one.
 */
class TighteningTest {
  private static final long SEED = Long.getLong("tightening.seed", System.nanoTime());
  private static final int PAIRS = Integer.getInteger("tightening.pairs", 200_000);
  private static final int PROBES = 12;

  private static final UUID ANA = new UUID(0, 1);
  private static final UUID BEN = new UUID(0, 2);
  private static final UUID CARA = new UUID(0, 3);
  private static final List<UUID> ALL = List.of(ANA, BEN, CARA);

  private static final Instant DAY_1 = Instant.parse("2026-11-03T18:20:00Z");
  private static final Instant DAY_9 = DAY_1.plus(Duration.ofDays(8));

  private static final List<String> ACTIVITIES = List.of("kissing", "massage", "sleep");
  private static final List<SensitiveText> CONDITIONS =
      Stream.of("sober", "at home", "asked").map(SensitiveText::of).toList();

  private static final ObjectMapper STORAGE = StrictJson.configure(new ObjectMapper());

  @Test
  @Tag("S13")
  void iTakeAPermissionBackAlone() {
    assertThat(isTightening(permission(), null, ANA)).isTrue();
    assertThat(isTightening(permission(a -> a.members = List.of(BEN)), null, ANA)).isTrue();
    assertThat(isTightening(permission(a -> a.domain = TermDomain.TECH), null, ANA)).isTrue();
  }

  @Test
  @Tag("S13")
  void iDropADutyAlone() {
    assertThat(isTightening(duty(), null, ANA)).isTrue();
  }

  @Test
  @Tag("S13")
  void iDrawMyOwnLineAlone() {
    assertThat(isTightening(null, line(), ANA)).isTrue();
    assertThat(isTightening(null, line(a -> a.conditions = CONDITIONS), ANA)).isTrue();
    assertThat(isTightening(permission(), line(), ANA)).isTrue();
    TermContent elsewhere = permission(a -> a.domain = TermDomain.SEX);
    assertThat(isTightening(elsewhere, line(), ANA)).isFalse();
  }

  @Test
  @Tag("S13")
  void iNarrowAPermissionAlone() {
    TermContent before = permission(a -> a.activities = List.of());
    for (Consumer<Draft> narrower :
        List.<Consumer<Draft>>of(
            a -> a.activities = List.of("kissing"),
            a -> a.members = List.of(BEN),
            a -> a.mode = TermMode.ASK_EACH_TIME,
            a -> a.mode = null,
            a -> a.from = DAY_1,
            a -> a.until = DAY_9,
            a -> a.review = DAY_9)) {
      TermContent after = changed(before, narrower);
      assertThat(isTightening(before, after, ANA)).as(print(after)).isTrue();
      assertThat(isTightening(after, before, ANA)).as("back from " + print(after)).isFalse();
    }
  }

  @Test
  @Tag("S13")
  void iWidenMyOwnLineAlone() {
    TermContent before =
        line(
            a -> {
              a.activities = List.of("kissing");
              a.from = DAY_1;
              a.until = DAY_9;
              a.review = DAY_9;
            });
    for (Consumer<Draft> wider :
        List.<Consumer<Draft>>of(
            a -> a.activities = List.of(),
            a -> a.activities = List.of("kissing", "massage"),
            a -> a.from = null,
            a -> a.until = null,
            a -> a.review = null)) {
      TermContent after = changed(before, wider);
      assertThat(isTightening(before, after, ANA)).as(print(after)).isTrue();
      assertThat(isTightening(after, before, ANA)).as("back from " + print(after)).isFalse();
    }
  }

  @Test
  @Tag("S14")
  void nobodyPermitsAnythingAlone() {
    assertThat(isTightening(null, permission(), ANA)).isFalse();
    assertThat(isTightening(null, permission(a -> a.members = List.of(ANA)), ANA)).isFalse();
    assertThat(isTightening(line(), permission(), ANA)).isFalse();
    assertThat(isTightening(duty(), permission(), ANA)).isFalse();
  }

  @Test
  @Tag("S14")
  void nobodyLiftsAProhibitionAlone() {
    assertThat(isTightening(line(), null, ANA)).isFalse();
    assertThat(isTightening(line(), duty(), ANA)).isFalse();
    assertThat(isTightening(line(), line(a -> a.domain = TermDomain.SEX), ANA)).isFalse();
    assertThat(isTightening(line(), line(a -> a.activities = List.of("massage")), ANA)).isFalse();
  }

  @Test
  @Tag("S14")
  void nobodyMakesADutyAlone() {
    assertThat(isTightening(null, duty(), ANA)).isFalse();
    assertThat(isTightening(null, duty(a -> a.members = List.of(ANA)), ANA)).isFalse();
    assertThat(isTightening(permission(), duty(), ANA)).isFalse();
    assertThat(isTightening(duty(), duty(a -> a.text = SensitiveText.of("twice")), ANA)).isFalse();
  }

  @Test
  @Tag("S14")
  void nobodyForbidsAnotherAnythingAlone() {
    for (List<UUID> bound : List.of(List.<UUID>of(), List.of(BEN), List.of(ANA, BEN), ALL)) {
      TermContent after = line(a -> a.members = bound);
      assertThat(isTightening(null, after, ANA)).as(print(after)).isFalse();
      assertThat(isTightening(permission(), after, ANA)).as(print(after)).isFalse();
      assertThat(isTightening(line(), after, ANA)).as(print(after)).isFalse();
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = TermDomain.class,
      names = {"DATING", "TECH", "SOCIAL", "MONEY", "TIME"})
  @Tag("S14")
  void aPermissionAboutMyOwnLifeDoesNotTurnIntoAProhibition(TermDomain mine) {
    TermContent before = permission(a -> a.domain = mine);
    assertThat(isTightening(before, line(a -> a.domain = mine), ANA)).isFalse();
    assertThat(isTightening(null, line(a -> a.domain = mine), ANA)).isFalse();
  }

  @Test
  @Tag("S14")
  void nobodyPutsWordsIntoWhatAllAgreed() {
    TermContent before = permission(a -> a.conditions = CONDITIONS.subList(0, 1));
    for (Consumer<Draft> other :
        List.<Consumer<Draft>>of(
            a -> a.text = SensitiveText.of("silence is a yes"),
            a -> a.conditions = CONDITIONS,
            a -> a.conditions = List.of(),
            a -> a.kind = TermKind.NORM)) {
      assertThat(isTightening(before, changed(before, other), ANA)).isFalse();
      TermContent forbidden = changed(before, a -> a.polarity = TermPolarity.FORBIDS);
      assertThat(isTightening(forbidden, changed(forbidden, other), ANA)).isFalse();
    }
  }

  @Test
  @Tag("S14")
  void aWordOrTheCoolingOffNeverChangesAlone() {
    for (TermKind kind : List.of(TermKind.SIGNAL, TermKind.COOLING_OFF)) {
      assertThat(isTightening(permission(a -> a.kind = kind), null, ANA)).isFalse();
      assertThat(isTightening(null, line(a -> a.kind = kind), ANA)).isFalse();
      assertThat(isTightening(permission(), line(a -> a.kind = kind), ANA)).isFalse();
    }
  }

  @Test
  @Tag("S14")
  void nothingInPlaceOfNothingIsNoChange() {
    assertThatIllegalArgumentException().isThrownBy(() -> isTightening(null, null, ANA));
  }

  @ParameterizedTest
  @ValueSource(strings = {"devices", "accounts", "money", "contacts", "clothing", "food", "sleep"})
  @Tag("S19")
  void nobodyForbidsWhatIsAnothersOwnUnderAnotherName(String own) {
    TermContent after = line(a -> a.activities = List.of("kissing", own));
    assertThat(after.isOpenness()).isTrue();
    assertThat(isTightening(null, after, ANA)).isFalse();
  }

  @Test
  @Tag("S19")
  void aSafeguardForbidsNothingAlone() {
    TermContent after = line(a -> a.kind = TermKind.SAFEGUARD);
    assertThat(after.isOpenness()).isTrue();
    assertThat(isTightening(null, after, ANA)).isFalse();
  }

  @Test
  @Tag("S19")
  void nobodyProlongsOpennessByNarrowingIt() {
    TermContent openness = permission(a -> a.domain = TermDomain.TECH);
    assertThat(isTightening(openness, changed(openness, a -> a.until = DAY_9), ANA)).isFalse();
    TermContent partly = permission(a -> a.activities = List.of("kissing", "sleep"));
    assertThat(isTightening(partly, permission(), ANA)).isFalse();
  }

  @Test
  @Tag("S19")
  void aProhibitionAboutOpennessIsDroppedWithWhatItHeldClosed() {
    TermContent openness =
        changed(
            permission(a -> a.domain = TermDomain.TECH), a -> a.polarity = TermPolarity.FORBIDS);
    assertThat(isTightening(openness, null, BEN)).isTrue();
    assertThat(Tightening.takesAlong(openness, permission(a -> a.domain = TermDomain.TECH)))
        .isTrue();
    assertThat(Tightening.takesAlong(line(), permission())).isFalse();
  }

  @Test
  @Tag("S13")
  void permissionsEndWithTheDutyOnWhichTheyRested() {
    TermContent duty = duty(a -> a.activities = List.of("kissing"));
    assertThat(Tightening.takesAlong(duty, permission())).isTrue();
    assertThat(Tightening.takesAlong(duty, permission(a -> a.activities = List.of()))).isTrue();
    assertThat(Tightening.takesAlong(duty(), permission())).isTrue();
    assertThat(Tightening.takesAlong(duty, permission(a -> a.activities = List.of("massage"))))
        .isFalse();
    assertThat(Tightening.takesAlong(duty, permission(a -> a.domain = TermDomain.SEX))).isFalse();
    assertThat(Tightening.takesAlong(duty, line())).isFalse();
    assertThat(Tightening.takesAlong(line(), permission(a -> a.domain = TermDomain.SEX))).isFalse();
    assertThat(Tightening.takesAlong(permission(), permission())).isFalse();
  }

  @Test
  @Tag("S13")
  void whoDropsAftercareDropsTheClosenessBeforeIt() {
    TermContent aftercare =
        duty(
            a -> {
              a.kind = TermKind.AFTERCARE;
              a.domain = TermDomain.TIME;
            });
    TermContent closeness = permission(a -> a.domain = TermDomain.SEX);
    assertThat(Tightening.takesAlong(aftercare, closeness)).isTrue();
    assertThat(Tightening.takesAlong(aftercare, permission(a -> a.domain = TermDomain.CONTACT)))
        .isFalse();
  }

  @Test
  @Tag("S19")
  void opennessIsDroppedWithoutAPrice() {
    TermContent openness =
        duty(
            a -> {
              a.kind = TermKind.SAFEGUARD;
              a.domain = TermDomain.TECH;
            });
    assertThat(Tightening.takesAlong(openness, permission(a -> a.domain = TermDomain.SEX)))
        .isFalse();
  }

  @Test
  @Tag("S13")
  void oneMembersLineIsEnoughForWhatTakesTwo() {
    List<TermContent> inForce = List.of(permission(a -> a.members = ALL), line());
    assertThat(together(inForce, List.of(ANA, BEN))).isEqualTo(Permission.NOT_PERMITTED);
    assertThat(together(inForce, List.of(BEN, CARA))).isEqualTo(Permission.STANDING);
    assertThat(together(inForce, List.of())).isEqualTo(Permission.NOT_PERMITTED);
  }

  private static int together(List<TermContent> inForce, List<UUID> members) {
    return Permission.together(
        inForce, TermDomain.TOUCH, SensitiveText.of("kissing"), members, DAY_1, Set.of());
  }

  @Test
  @Tag("S15")
  void whatIReadBackIsWhatIAssentedTo() throws IOException {
    TermContent content =
        permission(
            a -> {
              a.members = List.of(BEN, ANA, BEN);
              a.activities = List.of("massage", "kissing", "massage");
              a.conditions = CONDITIONS;
              a.from = DAY_1.plusNanos(1_234_567);
            });
    TermContent stored = STORAGE.readValue(STORAGE.writeValueAsBytes(content), TermContent.class);
    assertThat(stored).isEqualTo(content);
    assertThat(CanonicalJson.write(stored)).isEqualTo(CanonicalJson.write(content));
    assertThat(stored.memberIds()).containsExactly(ANA, BEN);
    assertThat(stored.activities()).isEqualTo(tags(List.of("kissing", "massage")));
    assertThat(stored.toString()).doesNotContain("gladly").doesNotContain("sober");
  }

  @Test
  void anUnknownKindIsRefused() {
    String unknown = print(permission()).replace("consent", "punishment");
    assertThatExceptionOfType(JsonMappingException.class)
        .isThrownBy(() -> STORAGE.readValue(unknown, TermContent.class));
    assertThat(Arrays.stream(TermKind.values()).filter(kind -> !kind.isClause()))
        .containsExactly(TermKind.HOLD, TermKind.SIGNAL, TermKind.COOLING_OFF);
  }

  @Test
  @Tag("S13")
  @Tag("S14")
  @Tag("S15")
  void noRandomChangeThatOneMemberMakesGivesAnybodyMore(TestReporter reporter) {
    reporter.publishEntry("tightening.seed", Long.toString(SEED));
    var proof = new Proof(new Random(SEED));
    for (int i = 0; i < PAIRS; i++) {
      proof.tryOne();
    }
    reporter.publishEntry("tightening.seen", proof.toString());
    proof.checkThatItSawEnough();
  }

  private static TermContent permission() {
    return permission(a -> {});
  }

  private static TermContent permission(Consumer<Draft> change) {
    return changed(new Draft().content(), change);
  }

  /** Ana's own. */
  private static TermContent line() {
    return line(a -> {});
  }

  private static TermContent line(Consumer<Draft> change) {
    TermContent line =
        permission(
            a -> {
              a.polarity = TermPolarity.FORBIDS;
              a.mode = null;
              a.members = List.of(ANA);
            });
    return changed(line, change);
  }

  private static TermContent duty() {
    return duty(a -> {});
  }

  private static TermContent duty(Consumer<Draft> change) {
    TermContent duty =
        permission(
            a -> {
              a.kind = TermKind.ROUTINE;
              a.polarity = TermPolarity.REQUIRES;
              a.mode = null;
            });
    return changed(duty, change);
  }

  private static TermContent changed(TermContent before, Consumer<Draft> change) {
    Draft draft = new Draft(before);
    change.accept(draft);
    return draft.content();
  }

  private static List<SensitiveText> tags(List<String> activities) {
    return activities.stream().map(SensitiveText::of).toList();
  }

  private static String print(@Nullable TermContent content) {
    return content == null
        ? "nothing"
        : new String(CanonicalJson.write(content), StandardCharsets.UTF_8);
  }

  /** A content that can still be changed; a permission of Ana and Ben at first. */
  private static final class Draft {
    private TermKind kind = TermKind.CONSENT;
    private TermDomain domain = TermDomain.TOUCH;
    private TermPolarity polarity = TermPolarity.PERMITS;
    private @Nullable TermMode mode = TermMode.STANDING;
    private List<UUID> members = List.of(ANA, BEN);
    private List<String> activities = List.of("kissing");
    private List<SensitiveText> conditions = List.of();
    private @Nullable Instant from;
    private @Nullable Instant until;
    private @Nullable Instant review;
    private SensitiveText text = SensitiveText.of("gladly");

    Draft() {}

    Draft(TermContent content) {
      kind = content.kind();
      domain = content.domain();
      polarity = content.polarity();
      mode = content.mode();
      members = content.memberIds();
      activities = content.activities().stream().map(SensitiveText::reveal).toList();
      conditions = content.conditions();
      from = content.validFrom();
      until = content.validUntil();
      review = content.reviewAt();
      text = content.text();
    }

    TermContent content() {
      return new TermContent(
          kind,
          domain,
          polarity,
          mode,
          members,
          tags(activities),
          conditions,
          from,
          until,
          review,
          text);
    }
  }

  /** Makes changes, most of them near misses, and tries on each what it changes for whom. */
  private static final class Proof {
    private final Random random;
    private final Map<String, Integer> rows = new HashMap<>();
    private int pairs;
    private int alone;
    private int lessened;
    private int reopened;

    Proof(Random random) {
      this.random = random;
    }

    void tryOne() {
      TermContent before = chance(12) ? null : any();
      TermContent after = before == null ? any() : successor(before);
      UUID author =
          after != null && chance(75) && !after.memberIds().isEmpty()
              ? oneOf(after.memberIds())
              : oneOf(ALL);
      var change = new Change(before, after, author);
      pairs++;
      if (before != null && after != null) {
        check(
            before.equals(after)
                == Arrays.equals(CanonicalJson.write(before), CanonicalJson.write(after)),
            "the hash tells two contents apart",
            change);
      }
      if (before != null && before.polarity() == TermPolarity.FORBIDS && before.isOpenness()) {
        dropWithWhatRestsOnIt(before);
      }
      if (isTightening(before, after, author)) {
        tryAlone(change);
      }
    }

    private void dropWithWhatRestsOnIt(TermContent line) {
      var probe = new Probe(new Change(line, null, oneOf(ALL)));
      List<TermContent> others = Stream.generate(this::any).limit(3).toList();
      List<TermContent> left =
          others.stream().filter(other -> !Tightening.takesAlong(line, other)).toList();
      reopened += probe.level(others, line) < probe.level(others, null) ? 1 : 0;
      check(
          probe.level(others, line) >= probe.level(left, null),
          "nothing opens when what forbade it is dropped",
          line,
          probe,
          others);
    }

    private void tryAlone(Change change) {
      TermContent after = change.after;
      if (!Objects.equals(change.before, after)) {
        alone++;
        rows.merge(change.row(), 1, Integer::sum);
      }
      check(
          after == null
              || after.polarity() != TermPolarity.FORBIDS
              || (!after.isOpenness() && after.domain().isShared()),
          "nothing of a member's own life is forbidden",
          change);
      for (int i = 0; i < PROBES; i++) {
        probe(change);
      }
    }

    private void probe(Change change) {
      var probe = new Probe(change);
      int had = probe.level(List.of(), change.before);
      int has = probe.level(List.of(), change.after);
      check(had >= has, "no more alone", change, probe);
      lessened += had > has ? 1 : 0;
      List<TermContent> others = Stream.generate(this::any).limit(random.nextInt(4)).toList();
      check(
          probe.level(others, change.before) >= probe.level(left(others, change), change.after),
          "no more among others",
          change,
          probe,
          others);
      List<TermContent> everything = List.of(everything(probe.domain));
      check(
          probe.member.equals(change.author)
              || probe.level(everything, change.before) <= probe.level(everything, change.after),
          "nothing is forbidden to anybody but its author",
          change,
          probe);
    }

    /** What ends takes along what rested on it. */
    private static List<TermContent> left(List<TermContent> others, Change change) {
      TermContent before = change.before;
      return before == null || change.after != null
          ? others
          : others.stream().filter(other -> !Tightening.takesAlong(before, other)).toList();
    }

    private static TermContent everything(TermDomain domain) {
      return permission(
          a -> {
            a.domain = domain;
            a.members = ALL;
            a.activities = List.of();
          });
    }

    void checkThatItSawEnough() {
      assertThat(alone).as("changes made alone").isGreaterThan(pairs / 20);
      assertThat(lessened).as("moments at which less is permitted").isGreaterThan(pairs / 20);
      assertThat(reopened).as("lines that kept something closed").isGreaterThan(pairs / 10_000);
      assertThat(rows.keySet())
          .containsExactlyInAnyOrder(
              "nothing -> FORBIDS",
              "PERMITS -> PERMITS",
              "PERMITS -> FORBIDS",
              "FORBIDS -> FORBIDS",
              "PERMITS -> nothing",
              "REQUIRES -> nothing",
              "FORBIDS -> nothing");
      assertThat(rows.values()).allSatisfy(seen -> assertThat(seen).isGreaterThan(pairs / 400));
    }

    @Override
    public String toString() {
      return "%d pairs, %d alone, %d lessened, %d reopened, %s"
          .formatted(pairs, alone, lessened, reopened, rows);
    }

    private static void check(boolean holds, String promise, Object... about) {
      if (!holds) {
        fail("-Dtightening.seed=%s broke: %s%n%s", SEED, promise, Arrays.toString(about));
      }
    }

    private @Nullable TermContent successor(TermContent before) {
      if (chance(8)) {
        return null;
      }
      if (chance(15)) {
        return any();
      }
      Draft draft = new Draft(before);
      for (int changes = 1 + random.nextInt(2); changes > 0; changes--) {
        mutate(draft);
      }
      return draft.content();
    }

    private TermContent any() {
      Draft draft = new Draft();
      draft.kind = chance(60) ? TermKind.CONSENT : oneOf(List.of(TermKind.values()));
      draft.domain = chance(60) ? TermDomain.TOUCH : oneOf(List.of(TermDomain.values()));
      draft.polarity = oneOf(List.of(TermPolarity.values()));
      draft.mode = mode();
      draft.members = chance(40) ? List.of(oneOf(ALL)) : some(ALL);
      draft.activities = activities();
      draft.conditions = chance(50) ? List.of() : some(CONDITIONS);
      draft.from = moment(0);
      draft.until = moment(2);
      draft.review = moment(2);
      return draft.content();
    }

    private void mutate(Draft draft) {
      switch (random.nextInt(11)) {
        case 0 -> draft.kind = oneOf(List.of(TermKind.values()));
        case 1 -> draft.domain = oneOf(List.of(TermDomain.values()));
        case 2 -> draft.polarity = oneOf(List.of(TermPolarity.values()));
        case 3 -> draft.mode = mode();
        case 4 -> draft.members = some(ALL);
        case 5 -> draft.activities = activities();
        case 6 -> draft.conditions = some(CONDITIONS);
        case 7 -> draft.from = moment(0);
        case 8 -> draft.until = moment(2);
        case 9 -> draft.review = moment(2);
        default -> draft.text = SensitiveText.of(oneOf(List.of("gladly", "now and then")));
      }
    }

    /** Seldom with the last, which is about openness. */
    private List<String> activities() {
      return some(chance(20) ? ACTIVITIES : ACTIVITIES.subList(0, ACTIVITIES.size() - 1));
    }

    private @Nullable TermMode mode() {
      return chance(10) ? null : oneOf(List.of(TermMode.values()));
    }

    /** One of a few, so that two often meet or nearly meet. */
    private @Nullable Instant moment(int earliestDay) {
      return chance(50)
          ? null
          : DAY_1
              .plus(Duration.ofDays(earliestDay + random.nextInt(3)))
              .plusMillis(random.nextInt(3) - 1L);
    }

    private Instant time(Change change) {
      List<Instant> bounds = new ArrayList<>(List.of(DAY_1, DAY_9));
      change
          .terms()
          .flatMap(term -> Stream.of(term.validFrom(), term.validUntil(), term.reviewAt()))
          .filter(Objects::nonNull)
          .forEach(bounds::add);
      return oneOf(bounds).plusMillis(random.nextInt(3) - 1L);
    }

    /** Mostly what the change is about. */
    private TermDomain domain(Change change) {
      List<TermDomain> terms = change.terms().map(TermContent::domain).toList();
      return oneOf(chance(90) ? terms : List.of(TermDomain.values()));
    }

    private UUID member(Change change) {
      List<UUID> bound = change.terms().flatMap(term -> term.memberIds().stream()).toList();
      return oneOf(bound.isEmpty() || chance(20) ? ALL : bound);
    }

    private boolean chance(int percent) {
      return random.nextInt(100) < percent;
    }

    private <T> T oneOf(List<T> choices) {
      return choices.get(random.nextInt(choices.size()));
    }

    private <T> List<T> some(List<T> choices) {
      return choices.stream().filter(choice -> random.nextBoolean()).toList();
    }

    private record Change(@Nullable TermContent before, @Nullable TermContent after, UUID author) {
      String row() {
        return polarity(before) + " -> " + polarity(after);
      }

      Stream<TermContent> terms() {
        return Stream.of(Optional.ofNullable(before), Optional.ofNullable(after))
            .flatMap(Optional::stream);
      }

      private static String polarity(@Nullable TermContent content) {
        return content == null ? "nothing" : content.polarity().name();
      }

      @Override
      public String toString() {
        return "%s changes %s to %s".formatted(author, print(before), print(after));
      }
    }

    /** One question: may this member do this, then, as things are? */
    private final class Probe {
      private final TermDomain domain;
      private final UUID member;
      private final Instant at;
      private final String activity = chance(20) ? "unheard-of" : oneOf(ACTIVITIES);
      private final Set<SensitiveText> facts =
          new HashSet<>(chance(60) ? CONDITIONS : some(CONDITIONS));

      Probe(Change change) {
        this.domain = domain(change);
        this.member = member(change);
        this.at = time(change);
      }

      int level(List<TermContent> others, @Nullable TermContent term) {
        List<TermContent> inForce = new ArrayList<>(others);
        if (term != null) {
          inForce.add(term);
        }
        return Permission.level(inForce, domain, SensitiveText.of(activity), member, at, facts);
      }

      @Override
      public String toString() {
        return "%s %s of %s at %s".formatted(domain, activity, member, at);
      }
    }
  }
}
