package org.stillpoint;

import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.targetOwner;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static org.stillpoint.ArchitectureTest.CODE;
import static org.stillpoint.ArchitectureTest.violated;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.syntax.elements.GivenFieldsConjunction;
import io.quarkus.security.Authenticated;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.persistence.Entity;
import jakarta.persistence.PersistenceContext;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.resteasy.reactive.RestResponse;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.stillpoint.checkin.CalendarResource;
import org.stillpoint.crypto.SealedText;
import org.stillpoint.crypto.SensitiveText;
import org.stillpoint.event.PressurePermit;
import org.stillpoint.pause.RaiseResource;
import org.stillpoint.pause.TapResource;
import org.stillpoint.relationship.Member;
import org.stillpoint.relationship.MembershipGuard;
import org.stillpoint.relationship.PressureGuard;
import org.stillpoint.relationship.Relationship;
import org.stillpoint.sandbox.SandboxResource;
import org.stillpoint.transaction.CallerTransaction;

/** The habits on which the rules of the product rest, wherever the next feature is written. */
class CodeConventionsTest {
  /**
   * Open to whoever calls: a tap and a calendar prove themselves by their keys, and a sandbox holds
   * nobody's words.
   */
  private static final Set<Class<?>> ANONYMOUS =
      Set.of(TapResource.class, CalendarResource.class, SandboxResource.class);

  /** Not in the caller's transaction: what has no caller, a tap, and what is no part of the API. */
  private static final Set<Class<?>> OWN_WAY =
      Set.of(RaiseResource.class, TapResource.class, CalendarResource.class, SandboxResource.class);

  /** Real time is for what comes from outside with a real time: tokens, and the names of logs. */
  private static final Set<String> REAL_TIME =
      Set.of(
          "org.stillpoint.api.problem.RequestId",
          "org.stillpoint.delivery.HttpCarrier",
          "org.stillpoint.identity.EndedLogins",
          "org.stillpoint.identity.FreshLogin",
          "org.stillpoint.identity.VerifiedTokens",
          "org.stillpoint.profile.ProfileService",
          "org.stillpoint.realtime.EventHub",
          "org.stillpoint.sandbox.SandboxTokens");

  /** Texts of entities and requests that no person wrote in their own words. */
  private static final Set<String> PLAIN_TEXTS =
      Set.of(
          "auth",
          "carrier",
          "channel",
          "clientId",
          "code",
          "codeClientId",
          "consentVersion",
          "endReason",
          "endpoint",
          "hash",
          "kind",
          "languages",
          "issuer",
          "localStart",
          "locale",
          "p256dh",
          "promptId",
          "rule",
          "state",
          "subject",
          "templateId",
          "templateItem",
          "templateItemId",
          "timeZone",
          "token",
          "type",
          "version");

  private static final Set<String> WORDS =
      Set.of("answer", "displayName", "label", "message", "note", "pronouns", "reason", "words");

  private static final DescribedPredicate<JavaMethod> ARE_OPERATIONS =
      DescribedPredicate.describe(
          "are operations", method -> method.isMetaAnnotatedWith(HttpMethod.class));

  @Test
  void everyOperationIsPublic() {
    methods().that(ARE_OPERATIONS).should().bePublic().check(CODE);
  }

  @Test
  void everyOperationSaysOnceWhoMayCallIt() {
    methods()
        .that(ARE_OPERATIONS)
        .should(
            new ArchCondition<>("carry @RolesAllowed or @Authenticated, once") {
              @Override
              public void check(JavaMethod item, ConditionEvents events) {
                long words = securityWords(item);
                boolean anonymous = ANONYMOUS.contains(item.getOwner().reflect());
                if (words != (anonymous ? 0 : 1)) {
                  events.add(violated(item, item.getFullName() + " carries " + words));
                }
              }
            })
        .check(CODE);
  }

  private static long securityWords(JavaMethod method) {
    return Stream.of(RolesAllowed.class, Authenticated.class)
        .mapToLong(
            word ->
                (method.isAnnotatedWith(word) ? 1 : 0)
                    + (method.getOwner().isAnnotatedWith(word) ? 1 : 0))
        .sum();
  }

  @Test
  void everyResourceWorksInTheTransactionOfItsCaller() {
    classes()
        .that()
        .areAnnotatedWith(Path.class)
        .and(DescribedPredicate.not(belongToAnyOf(OWN_WAY.toArray(Class<?>[]::new))))
        .should()
        .beAnnotatedWith(CallerTransaction.class)
        .check(CODE);
  }

  /** A replayed answer has a status of its own, which a bare view couldn't carry. */
  @Test
  @Tag("S35")
  void everyPostCanBeAnsweredFromMemory() {
    methods()
        .that()
        .areAnnotatedWith(POST.class)
        .and()
        .areDeclaredInClassesThat()
        .areAnnotatedWith(CallerTransaction.class)
        .should()
        .haveRawReturnType(RestResponse.class)
        .check(CODE);
  }

  @Test
  @Tag("S9")
  void onlyThePressureGuardGivesLeaveToAsk() {
    onlyMadeBy(PressurePermit.class, PressureGuard.class);
  }

  @Test
  @Tag("S34")
  void onlyTheMembershipGuardProvesMembership() {
    onlyMadeBy(Member.class, MembershipGuard.class);
  }

  private static void onlyMadeBy(Class<?> made, Class<?> maker) {
    noClasses()
        .that()
        .doNotBelongToAnyOf(maker)
        .should()
        .accessTargetWhere(targetOwner(type(made)).and(target(name("<init>"))))
        .check(CODE);
  }

  @Test
  void timeComesFromTheOneClock() {
    noClasses()
        .that()
        .resideOutsideOfPackage("org.stillpoint.time")
        .and(
            DescribedPredicate.describe(
                "aren't listed", type -> !REAL_TIME.contains(type.getName())))
        .should()
        .accessTargetWhere(readsTheSystemsTime())
        .check(CODE);
  }

  private static DescribedPredicate<JavaAccess<?>> readsTheSystemsTime() {
    return DescribedPredicate.describe(
        "the system's time is read",
        access -> {
          String owner = access.getTargetOwner().getName();
          String method = access.getName();
          return (owner.startsWith("java.time.")
                  && (method.equals("now")
                      || (owner.equals("java.time.Clock")
                          && (method.startsWith("system") || method.startsWith("tick")))))
              || (owner.equals("java.lang.System") && method.equals("currentTimeMillis"))
              || (owner.equals("java.util.Date") && method.equals("<init>"));
        });
  }

  @Test
  @Tag("S30")
  void onlyStorageRevealsWhatAPersonWrote() {
    noClasses()
        .that()
        .resideOutsideOfPackage("org.stillpoint.crypto")
        .should()
        .accessTargetWhere(targetOwner(type(SensitiveText.class)).and(target(name("reveal"))))
        .check(CODE);
  }

  @Test
  void whatAPersonWritesIsSensitiveText() {
    fields()
        .that()
        .areDeclaredInClassesThat()
        .areAnnotatedWith(Entity.class)
        .or()
        .areDeclaredInClassesThat(
            DescribedPredicate.describe(
                "are requests of the API",
                type ->
                    type.isRecord()
                        && type.getSimpleName().endsWith("Request")
                        && !type.getPackageName().endsWith(".sandbox")))
        .should(
            new ArchCondition<>("hold a person's words as SensitiveText") {
              @Override
              public void check(JavaField item, ConditionEvents events) {
                if (isPlainText(item) && !PLAIN_TEXTS.contains(item.getName())) {
                  events.add(violated(item, item.getFullName() + " holds plain text"));
                }
              }
            })
        .check(CODE);
  }

  private static boolean isPlainText(JavaField field) {
    return !field.getModifiers().contains(JavaModifier.STATIC)
        && field.getType().getAllInvolvedRawTypes().stream()
            .anyMatch(type -> type.isEquivalentTo(String.class));
  }

  @Test
  @Tag("S33")
  void wordsKeepTheirTypeWhereverTheyGoAndAreStoredSealed() {
    wordsOf("are records", JavaClass::isRecord)
        .should()
        .haveRawType(SensitiveText.class)
        .check(CODE);
    wordsOf("are entities", type -> type.isAnnotatedWith(Entity.class))
        .should()
        .haveRawType(SealedText.class)
        .check(CODE);
    noFields()
        .that()
        .areDeclaredInClassesThat()
        .areAnnotatedWith(Entity.class)
        .should()
        .haveRawType(SensitiveText.class)
        .check(CODE);
  }

  private static GivenFieldsConjunction wordsOf(String which, Predicate<JavaClass> types) {
    return fields()
        .that(
            DescribedPredicate.<JavaField>describe(
                "are named like a person's words", field -> WORDS.contains(field.getName())))
        .and()
        .areDeclaredInClassesThat(DescribedPredicate.describe(which, types));
  }

  @Test
  @Tag("S33")
  void everyRowBelongsToAMemberOrARelationship() {
    classes()
        .that()
        .areAnnotatedWith(Entity.class)
        .and()
        .doNotBelongToAnyOf(Relationship.class)
        .should(
            new ArchCondition<>("name a member or a relationship") {
              @Override
              public void check(JavaClass item, ConditionEvents events) {
                boolean owned =
                    Stream.of("memberId", "relationshipId", "issuer")
                        .anyMatch(owner -> item.tryGetField(owner).isPresent());
                if (!owned) {
                  events.add(violated(item, item.getName() + " belongs to nobody"));
                }
              }
            })
        .check(CODE);
  }

  @Test
  void onlyTheStartPrints() {
    noClasses()
        .that()
        .doNotBelongToAnyOf(Stillpoint.class)
        .should()
        .accessTargetWhere(targetOwner(type(System.class)).and(target(nameMatching("out|err"))))
        .check(CODE);
    noClasses()
        .should()
        .accessTargetWhere(targetOwner(type(java.util.logging.Logger.class)))
        .check(CODE);
  }

  @Test
  void whatIsNeededComesThroughTheConstructor() {
    noFields()
        .should()
        .beAnnotatedWith(Inject.class)
        .orShould()
        .beAnnotatedWith(ConfigProperty.class)
        .orShould()
        .beAnnotatedWith(PersistenceContext.class)
        .check(CODE);
  }
}
