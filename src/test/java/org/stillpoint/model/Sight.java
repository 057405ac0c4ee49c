package org.stillpoint.model;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.stillpoint.model.Clause.Domain;
import org.stillpoint.model.Clause.Kind;
import org.stillpoint.model.Clause.Polarity;

/** What a member has to see of what is in force. */
final class Sight {
  private final Model model;
  private final int member;

  Sight(Model model, int member) {
    this.model = model;
    this.member = member;
  }

  /** A line across permissions: a prohibition, a hold or a limit. */
  private record Line(
      Domain domain,
      Set<String> activities,
      Collection<Integer> members,
      Collection<Integer> towards) {
    /** What two agreed is nothing to one of them and a third. */
    boolean isBetween(Set<Integer> together) {
      return !Collections.disjoint(members, together)
          && together.stream().filter(towards::contains).count() >= Math.min(2, together.size());
    }

    boolean takesAllOutOf(Clause permission) {
      return activities.isEmpty() && domain == permission.domain();
    }

    /** A named activity is meant in whatever domain it is named again. */
    boolean isAbout(Domain asked, String activity) {
      return activities.isEmpty() ? domain == asked : activities.contains(activity);
    }
  }

  private List<Term> inForce(Predicate<Term> which) {
    return model.terms.stream()
        .filter(term -> model.sees(member, term) && term.isInForce())
        .filter(which)
        .toList();
  }

  private List<Term> inForce(Polarity polarity) {
    return inForce(term -> term.clause.polarity() == polarity);
  }

  private List<Line> lines() {
    List<Line> lines = new ArrayList<>();
    for (Term term : inForce(Polarity.FORBIDS)) {
      lines.add(
          new Line(
              term.clause.domain(),
              term.clause.activities(),
              term.clause.binds(),
              term.agreement.participants));
    }
    for (Limit limit : model.limits) {
      lines.add(
          new Line(
              limit.content.domain(),
              limit.content.activities(),
              Set.of(limit.holder),
              model.current));
    }
    return lines;
  }

  /** What lines take out of a permission; empty where they leave no two of those it binds. */
  private Optional<Set<String>> except(Clause permission) {
    if (!leavesEnough(permission, line -> line.takesAllOutOf(permission))) {
      return Optional.empty();
    }
    Set<String> named = new TreeSet<>(permission.activities());
    if (named.isEmpty()) {
      lines().forEach(line -> named.addAll(line.activities()));
    }
    Set<String> except = new TreeSet<>();
    for (String activity : named) {
      if (!leavesEnough(permission, line -> line.isAbout(permission.domain(), activity))) {
        except.add(activity);
      }
    }
    boolean nothingLeft =
        !permission.activities().isEmpty() && except.containsAll(permission.activities());
    return nothingLeft ? Optional.empty() : Optional.of(except);
  }

  private boolean leavesEnough(Clause permission, Predicate<Line> crosses) {
    Set<Integer> left = new TreeSet<>(permission.binds());
    lines().stream()
        .filter(crosses)
        .filter(line -> line.towards().containsAll(permission.binds()))
        .forEach(line -> left.removeAll(line.members()));
    return left.size() >= (permission.domain() == Domain.TOUCH ? 2 : 1);
  }

  /** While somebody has paused there is none (S8). */
  Set<String> permissions() {
    Set<String> permissions = new TreeSet<>();
    if (!model.isPaused()) {
      for (Term term : inForce(Polarity.PERMITS)) {
        except(term.clause).ifPresent(except -> permissions.add(term.name + " except " + except));
      }
    }
    return permissions;
  }

  Set<String> prohibitions() {
    return names(inForce(Polarity.FORBIDS));
  }

  /** While somebody has paused, only care. */
  Set<String> requirements() {
    return names(
        inForce(
            term ->
                term.clause.polarity() == Polarity.REQUIRES
                    && (!model.isPaused() || term.clause.kind() == Kind.AFTERCARE)));
  }

  private static Set<String> names(List<Term> terms) {
    Set<String> names = new TreeSet<>();
    terms.forEach(term -> names.add(term.name));
    return names;
  }

  /** Those of all, in every state (S8); what eases one is seen by its holder only. */
  Set<String> limits() {
    Set<String> limits = new TreeSet<>();
    for (Limit limit : model.limits) {
      boolean easing = limit.easingAt != null && limit.holder == member;
      limits.add(limit.name + " " + limit.content + (easing ? " easing" : ""));
    }
    return limits;
  }

  /** May all current members do this together? Silence is a no (S16). */
  String level(Domain domain, String activity) {
    boolean crossed =
        lines().stream()
            .anyMatch(line -> line.isAbout(domain, activity) && line.isBetween(model.current));
    if (crossed || model.isPaused()) {
      return "notPermitted";
    }
    List<Term> permitting =
        inForce(
            term ->
                term.clause.polarity() == Polarity.PERMITS
                    && term.clause.domain() == domain
                    && term.clause.binds().containsAll(model.current)
                    && (term.clause.activities().isEmpty()
                        || term.clause.activities().contains(activity)));
    if (permitting.isEmpty()) {
      return "notPermitted";
    }
    return permitting.stream().anyMatch(term -> term.clause.standing())
        ? "permitted"
        : "askEachTime";
  }
}
