package org.stillpoint.agreement;

import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.stillpoint.agreement.AgreementTexts.TermDocument;
import org.stillpoint.crypto.SensitiveText;
import org.stillpoint.relationship.ActivePauses;
import org.stillpoint.relationship.Member;

/**
 * What is in force at this instant: computed from the times of what is stored, so that it is right
 * at any. While somebody has paused nothing is permitted, and every limit holds (S8).
 */
@Singleton
class InForce {
  /** By the levels of {@link Permission}. */
  private static final List<String> LEVELS = List.of("notPermitted", "askEachTime", "permitted");

  private final TermRepository terms;
  private final LimitService limits;
  private final AgreementTexts texts;
  private final ActivePauses pauses;
  private final Clock clock;

  InForce(
      TermRepository terms,
      LimitService limits,
      AgreementTexts texts,
      ActivePauses pauses,
      Clock clock) {
    this.terms = terms;
    this.limits = limits;
    this.texts = texts;
    this.pauses = pauses;
    this.clock = clock;
  }

  /** A term with what it says. */
  record Said(Term term, TermDocument document) {
    TermContent content() {
      return document.content();
    }
  }

  /**
   * A permission in force.
   *
   * @param except activities that lines take out of it, so that it permits them to no two
   */
  record Permitted(Said said, List<SensitiveText> except) {}

  /**
   * All of it, as one participant sees it.
   *
   * @param granted the permissions, whatever stands in their way
   * @param permissions what is left of them
   */
  record Now(
      Instant at,
      boolean paused,
      List<Said> granted,
      List<Permitted> permissions,
      List<Said> prohibitions,
      List<Said> requirements,
      List<Said> signals,
      List<LimitState> limits) {}

  Now of(Member member) {
    Instant now = clock.instant();
    boolean paused = !pauses.raisersIn(member.relationshipId()).isEmpty();
    List<Term> standing = terms.standing(member, now);
    texts.prepare(standing);
    return at(now, paused, standing, texts::document, limits.inForce(member, now));
  }

  /**
   * What of all this is in force at this instant.
   *
   * @param says gives what a term says; asked only for what is active
   * @param lines the limits as they are at this instant
   */
  static Now at(
      Instant now,
      boolean paused,
      List<Term> terms,
      Function<Term, TermDocument> says,
      List<LimitState> lines) {
    List<Said> all = active(terms, says, now);
    List<Said> active =
        all.stream().filter(said -> said.content().kind().isAboutActivities()).toList();
    List<Said> signals =
        all.stream().filter(said -> said.content().kind() == TermKind.SIGNAL).toList();
    List<Said> prohibitions = of(active, TermPolarity.FORBIDS);
    List<Said> granted = paused ? List.of() : of(active, TermPolarity.PERMITS);
    List<Blocker> blockers = blockers(prohibitions, lines);
    List<Permitted> permissions =
        granted.stream().flatMap(said -> permitted(said, blockers).stream()).toList();
    List<Said> requirements =
        of(active, TermPolarity.REQUIRES).stream()
            .filter(said -> !paused || carriesThrough(said.content().kind()))
            .toList();
    return new Now(now, paused, granted, permissions, prohibitions, requirements, signals, lines);
  }

  /** Those that are in force at this instant, of whatever kind. */
  static List<Said> active(List<Term> terms, Function<Term, TermDocument> says, Instant now) {
    return terms.stream()
        .filter(term -> term.state(now) == TermState.ACTIVE && !term.isRemoval())
        .map(term -> new Said(term, says.apply(term)))
        .filter(said -> hasBegun(said.content(), now))
        .toList();
  }

  private static boolean hasBegun(TermContent content, Instant now) {
    Instant from = content.validFrom();
    return from == null || !now.isBefore(from);
  }

  private static List<Said> of(List<Said> active, TermPolarity polarity) {
    return active.stream().filter(said -> said.content().polarity() == polarity).toList();
  }

  /** A duty to call or to meet would be pressure while somebody has paused; care isn't. */
  private static boolean carriesThrough(TermKind kind) {
    return kind == TermKind.AFTERCARE || kind == TermKind.RE_ENTRY;
  }

  /**
   * What stands in the way of permissions.
   *
   * @param activities none for all of the domain
   * @param members who takes no part in it
   * @param towards the participants of its agreement; empty for what holds towards everybody
   * @param conditional whether it stands there only under its conditions
   */
  record Blocker(
      String type,
      UUID id,
      TermDomain domain,
      Set<SensitiveText> activities,
      Collection<UUID> members,
      Collection<UUID> towards,
      boolean conditional) {
    /** Whether it takes an activity out; what is named is meant in whatever domain. */
    boolean blocks(TermDomain permitted, SensitiveText activity) {
      return activities.isEmpty() ? domain == permitted : activities.contains(activity);
    }

    /** Whether it stands between these: what two agreed is nothing to one of them and a third. */
    boolean isBetween(Collection<UUID> together) {
      return !Collections.disjoint(members, together)
          && (towards.isEmpty()
              || towards.containsAll(together)
              || together.stream().filter(towards::contains).count() >= 2);
    }

    boolean isAboutAllOf(TermDomain permitted) {
      return activities.isEmpty() && domain == permitted;
    }
  }

  static List<Blocker> blockers(List<Said> prohibitions, List<LimitState> lines) {
    List<Blocker> blockers = new ArrayList<>();
    for (Said said : prohibitions) {
      TermContent content = said.content();
      blockers.add(
          new Blocker(
              content.kind() == TermKind.HOLD ? "hold" : "term",
              content.kind() == TermKind.HOLD ? said.term().agreementId() : said.term().id(),
              content.domain(),
              Set.copyOf(content.activities()),
              content.memberIds(),
              said.term().memberIds(),
              !content.conditions().isEmpty()));
    }
    for (LimitState limit : lines) {
      blockers.add(
          new Blocker(
              "limit",
              limit.id(),
              limit.content().domain(),
              Set.copyOf(limit.content().activities()),
              List.of(limit.holderId()),
              List.of(),
              false));
    }
    return blockers;
  }

  /** Empty when nothing is left of it for any two of those whom it binds. */
  private static Optional<Permitted> permitted(Said said, List<Blocker> blockers) {
    TermContent content = said.content();
    List<Blocker> firm = blockers.stream().filter(blocker -> !blocker.conditional()).toList();
    if (!leavesEnough(content, firm, Blocker::isAboutAllOf)) {
      return Optional.empty();
    }
    List<SensitiveText> except =
        named(content, firm)
            .filter(
                activity ->
                    !leavesEnough(
                        content, firm, (blocker, domain) -> blocker.blocks(domain, activity)))
            .sorted()
            .toList();
    return !content.activities().isEmpty() && except.containsAll(content.activities())
        ? Optional.empty()
        : Optional.of(new Permitted(said, except));
  }

  /** The activities that could be taken out of a permission. */
  private static Stream<SensitiveText> named(TermContent content, List<Blocker> blockers) {
    return content.activities().isEmpty()
        ? blockers.stream().flatMap(blocker -> blocker.activities().stream()).distinct()
        : content.activities().stream();
  }

  /** What takes two needs two who take part; the rest, one. */
  private static boolean leavesEnough(
      TermContent content, List<Blocker> blockers, BiPredicate<Blocker, TermDomain> blocks) {
    Set<UUID> left = new HashSet<>(content.memberIds());
    blockers.stream()
        .filter(blocker -> blocks.test(blocker, content.domain()))
        .filter(
            blocker ->
                blocker.towards().isEmpty() || blocker.towards().containsAll(content.memberIds()))
        .forEach(blocker -> left.removeAll(blocker.members()));
    return left.size() >= (content.domain().isShared() ? 2 : 1);
  }

  /**
   * May these members do this now?
   *
   * @param level {@code permitted}, {@code askEachTime} or {@code notPermitted}
   */
  record Answer(String level, List<Reason> reasons) {}

  /** Why; the code says how the resource bears on it. */
  record Reason(String code, String resourceType, @Nullable UUID resourceId) {}

  /** In doubt, and in silence, no (S16). */
  static Answer answer(
      Now now, @Nullable TermDomain domain, SensitiveText activity, Collection<UUID> together) {
    if (now.paused()) {
      return new Answer("notPermitted", List.of(new Reason("paused", "relationship", null)));
    }
    List<Blocker> blockers =
        blockers(now.prohibitions(), now.limits()).stream()
            .filter(blocker -> blocker.isBetween(together))
            .toList();
    List<Said> granted =
        now.granted().stream()
            .filter(said -> speaksOf(said.content(), domain, activity))
            .filter(said -> said.content().memberIds().containsAll(together))
            .toList();
    int level = Permission.NOT_PERMITTED;
    List<Reason> reasons = new ArrayList<>();
    for (Said said : granted) {
      int given = level(said.content(), activity, blockers);
      level = Math.max(level, given);
      if (given > Permission.NOT_PERMITTED) {
        reasons.add(new Reason("permits", "term", said.term().id()));
      }
    }
    Set<TermDomain> domains =
        domain == null
            ? granted.stream().map(said -> said.content().domain()).collect(Collectors.toSet())
            : Set.of(domain);
    blockers.stream()
        .filter(
            blocker ->
                blocker.activities().contains(activity)
                    || domains.stream().anyMatch(blocker::isAboutAllOf))
        .map(blocker -> new Reason("forbids", blocker.type(), blocker.id()))
        .forEach(reasons::add);
    return new Answer(LEVELS.get(level), reasons);
  }

  /** Without a domain only what names the activity says anything about it. */
  private static boolean speaksOf(
      TermContent content, @Nullable TermDomain domain, SensitiveText activity) {
    return content.activities().contains(activity)
        ? domain == null || domain == content.domain()
        : content.activities().isEmpty() && domain == content.domain();
  }

  /** What a permission gives beside what stands in its way; under a condition, one has to ask. */
  private static int level(TermContent content, SensitiveText activity, List<Blocker> blockers) {
    boolean inDoubt = !content.conditions().isEmpty();
    for (Blocker blocker : blockers) {
      if (blocker.blocks(content.domain(), activity)) {
        if (!blocker.conditional()) {
          return Permission.NOT_PERMITTED;
        }
        inDoubt = true;
      }
    }
    return inDoubt ? Permission.ASK_EACH_TIME : Permission.of(content);
  }
}
