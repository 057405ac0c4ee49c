package org.stillpoint.reflection;

import jakarta.inject.Singleton;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.stillpoint.crypto.SealedText;
import org.stillpoint.crypto.SensitiveText;
import org.stillpoint.identity.Profile;
import org.stillpoint.identity.ProfileTexts;
import org.stillpoint.privacy.spi.ExportDocument;
import org.stillpoint.time.Ids;

/**
 * Suggests a few prompts a day: by what has happened to the member lately, by the member's own
 * label, and by what the member says with the question. The same question has the same answer for a
 * day; no prompt comes twice within a fortnight; while anybody pauses, only gentle ones come.
 */
@Singleton
@Transactional(TxType.MANDATORY)
class Suggestions {
  static final int A_DAY = 3;
  static final int NO_REPEAT_DAYS = 14;

  /** A switch is both. */
  private static final Map<SensitiveText, Set<PromptRole>> LABELS =
      Map.of(
          SensitiveText.of("top"), Set.of(PromptRole.TOP),
          SensitiveText.of("bottom"), Set.of(PromptRole.BOTTOM),
          SensitiveText.of("switch"), Set.of(PromptRole.TOP, PromptRole.BOTTOM, PromptRole.SWITCH));

  private final Occasions occasions;
  private final ReflectionTexts texts;
  private final ProfileTexts profiles;
  private final EntityManager entities;
  private final Clock clock;

  Suggestions(
      Occasions occasions,
      ReflectionTexts texts,
      ProfileTexts profiles,
      EntityManager entities,
      Clock clock) {
    this.occasions = occasions;
    this.texts = texts;
    this.profiles = profiles;
    this.entities = entities;
    this.clock = clock;
  }

  /**
   * What the member says with the question; it is kept with the answer, sealed, and no longer.
   *
   * @param as {@code HURT} or {@code RESPONSIBLE}, which nobody is but by their own word (S24)
   */
  record Said(@Nullable PromptRole as, @Nullable PromptTrigger about) {}

  /** A prompt, and why. */
  record Suggested(String promptId, List<Reason> because) {}

  /** The answer of a day. */
  record Answer(LocalDate day, boolean gentleOnly, List<Suggested> suggested) {}

  /** All answers of a day, by their question. */
  record Day(Map<String, List<Suggested>> answers) {
    Stream<String> promptIds() {
      return answers.values().stream().flatMap(List::stream).map(Suggested::promptId);
    }
  }

  Answer ask(UUID memberId, Said said) {
    Profile profile = entities.find(Profile.class, memberId);
    Instant now = clock.instant();
    LocalDate day = LocalDate.ofInstant(now, profile.timeZone());
    boolean paused = occasions.isPaused();
    String question = (paused ? "paused" : "open") + " " + said.as() + " " + said.about();
    List<Suggested> known =
        find(memberId, day).map(row -> open(row).answers().get(question)).orElse(null);
    return new Answer(
        day, paused, known != null ? known : choose(profile, said, day, paused, now, question));
  }

  /** Of two apps that ask at once, the second gets what the first got. */
  private List<Suggested> choose(
      Profile profile, Said said, LocalDate day, boolean paused, Instant now, String question) {
    UUID memberId = profile.id();
    SuggestedPrompts row = lockOrMake(memberId, day);
    Map<String, List<Suggested>> answers = new LinkedHashMap<>(open(row).answers());
    List<Suggested> known = answers.get(question);
    if (known != null) {
      return known;
    }
    List<Suggested> chosen =
        choose(
            recently(memberId, day),
            roles(profile, said),
            said,
            occasions.of(memberId, now),
            paused);
    answers.put(question, chosen);
    row.renew();
    row.prompts(texts.seal(new Day(answers), row.place()));
    return chosen;
  }

  private static List<Suggested> choose(
      Set<String> recently,
      Set<PromptRole> roles,
      Said said,
      Set<PromptTrigger> happened,
      boolean gentleOnly) {
    List<Prompt> candidates = new ArrayList<>(PromptCatalogue.all());
    Collections.shuffle(candidates);
    return candidates.stream()
        .filter(prompt -> !recently.contains(prompt.id()))
        .filter(prompt -> !gentleOnly || prompt.intensity() == PromptIntensity.GENTLE)
        .map(prompt -> new Suggested(prompt.id(), because(prompt, roles, said, happened)))
        .filter(suggested -> !suggested.because().isEmpty())
        .sorted(Comparator.comparingInt(Suggestions::rank))
        .limit(A_DAY)
        .toList();
  }

  /** Empty where it doesn't fit: another's role, or something that has not happened. */
  private static List<Reason> because(
      Prompt prompt, Set<PromptRole> roles, Said said, Set<PromptTrigger> happened) {
    if (Collections.disjoint(prompt.roles(), roles)) {
      return List.of();
    }
    Set<Reason> because = EnumSet.noneOf(Reason.class);
    prompt.triggers().stream().filter(happened::contains).map(Reason::of).forEach(because::add);
    boolean saidNow = said.about() != null && prompt.triggers().contains(said.about());
    if (because.isEmpty() && !saidNow && !fitsAnyDay(prompt)) {
      return List.of();
    }
    if (saidNow || said.as() != null && prompt.roles().contains(said.as())) {
      because.add(Reason.SAID_NOW);
    } else if (!prompt.roles().contains(PromptRole.ANY)) {
      because.add(Reason.ROLE_LABEL);
    }
    return because.isEmpty() ? List.of(Reason.ANY_DAY) : List.copyOf(because);
  }

  /** What rests on something that has happened never does. */
  private static boolean fitsAnyDay(Prompt prompt) {
    return prompt.triggers().isEmpty() && prompt.intensity() != PromptIntensity.DEEP;
  }

  /** What the member has just said goes before the rest, and what fits any day comes last. */
  private static int rank(Suggested suggested) {
    if (suggested.because().contains(Reason.SAID_NOW)) {
      return 0;
    }
    return suggested.because().contains(Reason.ANY_DAY) ? 2 : 1;
  }

  /** What was suggested in the last days, and today for another question. */
  private Set<String> recently(UUID memberId, LocalDate day) {
    return entities
        .createQuery(
            "from SuggestedPrompts where memberId = :member and day > :past",
            SuggestedPrompts.class)
        .setParameter("member", memberId)
        .setParameter("past", day.minusDays(NO_REPEAT_DAYS))
        .getResultStream()
        .flatMap(row -> open(row).promptIds())
        .collect(Collectors.toSet());
  }

  private Set<PromptRole> roles(Profile profile, Said said) {
    Set<PromptRole> roles = EnumSet.of(PromptRole.ANY);
    SensitiveText label = profiles.open(profile).roleLabel();
    LABELS.forEach(
        (name, fitting) -> {
          if (label != null && name.isLike(label)) {
            roles.addAll(fitting);
          }
        });
    if (said.as() != null) {
      roles.add(said.as());
    }
    return roles;
  }

  List<ExportDocument.SuggestedPrompts> export(UUID memberId) {
    return entities
        .createQuery(
            "from SuggestedPrompts where memberId = :member order by day", SuggestedPrompts.class)
        .setParameter("member", memberId)
        .getResultStream()
        .map(row -> new ExportDocument.SuggestedPrompts(row.day(), open(row).promptIds().toList()))
        .toList();
  }

  private Day open(SuggestedPrompts row) {
    SealedText prompts = row.prompts();
    return prompts == null ? new Day(Map.of()) : texts.open(prompts, row.place(), Day.class);
  }

  private Optional<SuggestedPrompts> find(UUID memberId, LocalDate day) {
    return entities
        .createQuery(
            "from SuggestedPrompts where memberId = :member and day = :day", SuggestedPrompts.class)
        .setParameter("member", memberId)
        .setParameter("day", day)
        .getResultStream()
        .findFirst();
  }

  /** As it is once it is locked, whatever was read before. */
  private SuggestedPrompts lockOrMake(UUID memberId, LocalDate day) {
    entities
        .createNativeQuery(
            "insert into suggested_prompts (member_id, id, day, changes)"
                + " values (:member, :id, :day, 0) on conflict do nothing")
        .setParameter("member", memberId)
        .setParameter("id", Ids.next())
        .setParameter("day", day)
        .executeUpdate();
    SuggestedPrompts row = find(memberId, day).orElseThrow();
    entities.refresh(row, LockModeType.PESSIMISTIC_WRITE);
    return row;
  }
}
