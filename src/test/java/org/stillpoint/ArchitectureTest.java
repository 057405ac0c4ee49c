package org.stillpoint;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static java.util.Map.entry;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvent;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/** A newcomer finds each package in its place: dependencies point down only. */
class ArchitectureTest {
  static final JavaClasses CODE = new ClassFileImporter().importPath("target/classes");

  private static final String ROOT = "org.stillpoint";

  /** What everything above it may use; the start alone uses {@code database}. */
  private static final Set<String> TIER_1 =
      Set.of("api", "crypto", "event", "identity", "privacy.spi", "time", "transaction");

  private static final Set<String> FEATURES =
      Set.of(
          "agreement",
          "checkin",
          "connection",
          "pause",
          "practitioner",
          "profile",
          "reflection",
          "repair");

  /** Which of our packages each may use besides itself; a package includes those below it. */
  private static final Map<String, Set<String>> MAY_USE = mayUse();

  private static Map<String, Set<String>> mayUse() {
    Map<String, Set<String>> table =
        new HashMap<>(
            Map.ofEntries(
                entry("crypto", Set.of()),
                entry("database", Set.of()),
                entry("privacy.spi", Set.of("crypto")),
                entry("time", Set.of()),
                entry("event", Set.of("time")),
                entry("api.language", Set.of()),
                entry("api.problem", Set.of("api.language")),
                entry("api", Set.of("api", "crypto", "identity", "time")),
                entry("identity", Set.of("api.problem", "crypto", "time")),
                entry("transaction", Set.of("api", "crypto", "event", "identity", "time")),
                entry("relationship", TIER_1),
                entry("delivery", TIER_1),
                entry("device", with(TIER_1, "delivery")),
                entry("contact", with(TIER_1, "delivery")),
                entry("webhook", with(TIER_1, "delivery")),
                entry("privacy", TIER_1),
                entry("operations", TIER_1),
                entry("realtime", with(TIER_1, "relationship")),
                entry("sandbox", Set.of(""))));
    FEATURES.forEach(feature -> table.put(feature, with(TIER_1, "relationship")));
    return table;
  }

  private static Set<String> with(Set<String> packages, String further) {
    Set<String> all = new HashSet<>(packages);
    all.add(further);
    return all;
  }

  @Test
  void dependenciesPointDown() {
    classes()
        .that()
        .resideInAPackage(ROOT + ".*..")
        .should(useOnlyWhatTheTableAllows())
        .check(CODE);
  }

  @Test
  void packagesFormNoCycle() {
    slices().matching(ROOT + ".(**)").should().beFreeOfCycles().check(CODE);
  }

  @Test
  void onlyTheStartKnowsTheSandboxAndTheDatabase() {
    noClasses()
        .that()
        .resideOutsideOfPackages(ROOT + ".sandbox..")
        .and()
        .doNotBelongToAnyOf(Groundwork.class, Stillpoint.class)
        .should()
        .dependOnClassesThat()
        .resideInAPackage(ROOT + ".sandbox..")
        .check(CODE);
    noClasses()
        .that()
        .resideOutsideOfPackages(ROOT, ROOT + ".database..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage(ROOT + ".database..")
        .check(CODE);
  }

  @Test
  void everyPackageSaysWhatItIsForAndMarksItsNulls() {
    classes()
        .should(
            new ArchCondition<JavaClass>("have a package-info with @NullMarked") {
              @Override
              public void check(JavaClass item, ConditionEvents events) {
                if (!item.getPackage().isAnnotatedWith(NullMarked.class)) {
                  events.add(violated(item, item.getPackageName() + " has none"));
                }
              }
            })
        .check(CODE);
  }

  /** It is written as others would: from the document, through the client that is made of it. */
  @Test
  void thePracticeToolKnowsNothingOfTheCode() {
    noClasses()
        .should()
        .dependOnClassesThat(
            resideInAPackage(ROOT + "..")
                .and(resideOutsideOfPackages(ROOT + ".practicetool..", ROOT + ".client..")))
        .check(
            new ClassFileImporter().importPath("target/test-classes/org/stillpoint/practicetool"));
  }

  private static ArchCondition<JavaClass> useOnlyWhatTheTableAllows() {
    return new ArchCondition<>("use only what the table allows") {
      @Override
      public void check(JavaClass item, ConditionEvents events) {
        Optional<String> place = place(item);
        if (place.isEmpty()) {
          events.add(violated(item, item.getName() + " has no place in the table"));
          return;
        }
        item.getDirectDependenciesFromSelf().stream()
            .filter(dependency -> isOurs(dependency.getTargetClass()))
            .filter(dependency -> !isAllowed(place.get(), dependency))
            .forEach(dependency -> events.add(violated(item, dependency.getDescription())));
      }
    };
  }

  private static boolean isOurs(JavaClass type) {
    return isWithin(type.getPackageName(), ROOT);
  }

  private static boolean isAllowed(String place, Dependency dependency) {
    String target = below(dependency.getTargetClass());
    return Stream.concat(Stream.of(place), MAY_USE.getOrDefault(place, Set.of()).stream())
        .anyMatch(allowed -> isWithin(target, allowed));
  }

  /** The row of the table for this class: the longest package that it lies in. */
  private static Optional<String> place(JavaClass type) {
    String name = below(type);
    return MAY_USE.keySet().stream()
        .filter(row -> isWithin(name, row))
        .max(Comparator.comparingInt(String::length));
  }

  private static String below(JavaClass type) {
    String name = type.getPackageName();
    return name.equals(ROOT) ? "" : name.substring(ROOT.length() + 1);
  }

  private static boolean isWithin(String name, String parent) {
    return name.equals(parent)
        || name.startsWith(parent + ".")
        || (parent.isEmpty() && !name.isEmpty());
  }

  static ConditionEvent violated(Object item, String message) {
    return SimpleConditionEvent.violated(item, message);
  }
}
