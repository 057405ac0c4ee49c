package org.stillpoint.agreement;

import static org.stillpoint.agreement.AgreementRequests.TIME;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.extensions.Extension;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;
import org.stillpoint.agreement.InForce.Answer;
import org.stillpoint.agreement.InForce.Now;
import org.stillpoint.agreement.InForce.Permitted;
import org.stillpoint.agreement.InForce.Said;
import org.stillpoint.api.language.Languages;
import org.stillpoint.api.problem.FieldError;
import org.stillpoint.api.problem.Flaw;
import org.stillpoint.api.problem.HttpProblem;
import org.stillpoint.crypto.SensitiveText;
import org.stillpoint.identity.Scopes;
import org.stillpoint.relationship.Member;
import org.stillpoint.relationship.MembershipGuard;
import org.stillpoint.transaction.CallerTransaction;

/** The one answer to what is in force now. */
@Path("/v1/relationships/{relationshipId}/in-force")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@CallerTransaction
@Tag(name = "In force")
public class InForceResource {
  private static final String LEVELS = "[\"permitted\", \"askEachTime\", \"notPermitted\"]";
  private static final String CODES = "[\"permits\", \"forbids\", \"paused\"]";

  private final MembershipGuard guard;
  private final InForce inForce;
  private final VersionViews views;

  InForceResource(MembershipGuard guard, InForce inForce, VersionViews views) {
    this.guard = guard;
    this.inForce = inForce;
    this.views = views;
  }

  @Schema(name = "Permission", description = "What is permitted, with who has said yes to it.")
  record PermissionView(
      @Schema(required = true) TermView term,
      @Schema(
              required = true,
              description =
                  "Activities that limits, holds or prohibitions take out of it, for all but one of those whom it"
                      + " binds.",
              examples = "[\"tickling\"]")
          List<SensitiveText> exceptActivities) {}

  @Schema(name = "InForceReason", description = "What bears on an activity.")
  record ReasonView(
      @Schema(
              required = true,
              examples = "permits",
              extensions = @Extension(name = "x-extensible-enum", value = CODES, parseValue = true))
          String code,
      @Schema(required = true, examples = "term") String resourceType,
      @Schema(examples = "01939b00-2222-7a33-8b44-5c6d7e8f90a1") @Nullable UUID resourceId) {}

  @Schema(name = "ActivityAnswer", description = "May these members do this now?")
  record ActivityView(
      @Schema(required = true, examples = "holding-hands") SensitiveText activity,
      @Schema(
              required = true,
              examples = "askEachTime",
              extensions =
                  @Extension(name = "x-extensible-enum", value = LEVELS, parseValue = true))
          String level,
      @Schema(required = true) List<ReasonView> reasons) {
    static ActivityView of(SensitiveText activity, Answer answer) {
      return new ActivityView(
          activity,
          answer.level(),
          answer.reasons().stream()
              .map(
                  reason ->
                      new ReasonView(reason.code(), reason.resourceType(), reason.resourceId()))
              .toList());
    }
  }

  @Schema(name = "InForce", description = "All that is in force at this instant.")
  record InForceView(
      @Schema(required = true, description = "The instant.", examples = TIME) Instant at,
      @Schema(
              required = true,
              examples = "open",
              extensions =
                  @Extension(
                      name = "x-extensible-enum",
                      value = "[\"open\", \"paused\", \"closed\"]",
                      parseValue = true))
          String state,
      @Schema(required = true, description = "None while somebody has paused.")
          List<PermissionView> permissions,
      @Schema(required = true, description = "What is forbidden, holds included.")
          List<TermView> prohibitions,
      @Schema(
              required = true,
              description = "While somebody has paused, only care and the way back.")
          List<TermView> requirements,
      @Schema(
              required = true,
              description = "The agreed signals; those of the default set hold beside them.")
          List<TermView> signals,
      @Schema(required = true, description = "They beat every term.")
          List<LimitViews.LimitView> limits,
      @Schema(description = "The answer about the activity that was asked for.")
          @Nullable ActivityView activity,
      @Schema(required = true, description = "To be shown with it.") String statement) {}

  @GET
  @RolesAllowed(Scopes.AGREEMENTS_READ)
  @Operation(
      operationId = "getInForce",
      summary = "What is in force now?",
      description =
          "Everything that you take part in, at this instant, each term with the assents that prove it."
              + " With `activity`, whether it is permitted. What isn't named is not permitted.")
  public InForceView get(
      @RestPath UUID relationshipId,
      @Parameter(
              description = "An activity to be answered about.",
              schema =
                  @Schema(
                      type = SchemaType.STRING,
                      maxLength = 40,
                      pattern = AgreementRequests.SLUG),
              example = "holding-hands")
          @RestQuery
          @Nullable String activity,
      @Parameter(
              description =
                  "The domain of that activity; any when left out. Only with an activity.",
              schema = @Schema(type = SchemaType.STRING, maxLength = 40),
              example = "touch")
          @RestQuery
          @Nullable String domain,
      @Parameter(
              description = "With whom; all current members when left out. Only with an activity.",
              schema = @Schema(type = SchemaType.ARRAY, implementation = String.class),
              example = "[\"" + AgreementRequests.MEMBER + "\"]")
          @RestQuery("with")
          @Nullable List<String> with,
      HttpHeaders headers) {
    Member member = guard.memberOf(relationshipId);
    Now now = inForce.of(member);
    ActivityView answer = answer(member, now, activity, domain, with);
    return new InForceView(
        now.at(),
        guard.stateOf(member, now.paused()),
        permissions(member, now),
        terms(member, now, now.prohibitions()),
        terms(member, now, now.requirements()),
        terms(member, now, now.signals()),
        now.limits().stream()
            .map(limit -> LimitViews.LimitView.of(limit, member.memberId()))
            .toList(),
        answer,
        Statements.in(Languages.of(headers)));
  }

  private static @Nullable ActivityView answer(
      Member member,
      Now now,
      @Nullable String activity,
      @Nullable String domain,
      @Nullable List<String> with) {
    if (activity == null) {
      if (domain != null || (with != null && !with.isEmpty())) {
        throw unreadable("activity");
      }
      return null;
    }
    SensitiveText asked = SensitiveText.of(slug(activity));
    return ActivityView.of(
        asked, InForce.answer(now, domain(domain), asked, together(member, with)));
  }

  private List<PermissionView> permissions(Member member, Now now) {
    List<TermView> shown =
        terms(member, now, now.permissions().stream().map(Permitted::said).toList());
    List<PermissionView> permissions = new ArrayList<>();
    for (int i = 0; i < shown.size(); i++) {
      permissions.add(new PermissionView(shown.get(i), now.permissions().get(i).except()));
    }
    return permissions;
  }

  private List<TermView> terms(Member member, Now now, List<Said> said) {
    return views.said(member, said, now.at());
  }

  private static String slug(String activity) {
    if (!activity.matches(AgreementRequests.SLUG)) {
      throw unreadable("activity");
    }
    return activity;
  }

  private static @Nullable TermDomain domain(@Nullable String name) {
    return name == null
        ? null
        : Arrays.stream(TermDomain.values())
            .filter(domain -> WireName.of(domain).equals(name))
            .findFirst()
            .orElseThrow(() -> unreadable("domain"));
  }

  /** The reader and those named; whoever is no member is refused without a word of why. */
  private static Set<UUID> together(Member member, @Nullable List<String> with) {
    if (with == null || with.isEmpty()) {
      return Set.copyOf(member.all());
    }
    Set<UUID> together = new HashSet<>(List.of(member.memberId()));
    for (String id : with) {
      together.add(
          member.all().stream()
              .filter(each -> each.toString().equals(id))
              .findFirst()
              .orElseThrow(() -> unreadable("with")));
    }
    return together;
  }

  private static RuntimeException unreadable(String parameter) {
    return HttpProblem.VALIDATION_FAILED
        .exception()
        .withError(FieldError.query(parameter, Flaw.UNREADABLE_PARAMETER));
  }
}
