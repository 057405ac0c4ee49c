package org.stillpoint.practitioner;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Predicate;
import org.eclipse.microprofile.openapi.annotations.extensions.Extension;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.hibernate.validator.constraints.Length;
import org.jspecify.annotations.Nullable;
import org.stillpoint.api.problem.FieldError;
import org.stillpoint.api.problem.Flaw;
import org.stillpoint.api.problem.HttpProblem;
import org.stillpoint.crypto.SensitiveText;
import org.stillpoint.practitioner.PractitionerViews.PractitionerView;
import org.stillpoint.relationship.Grant;
import org.stillpoint.relationship.GrantScope;
import org.stillpoint.relationship.Provenance;

/** Grants on the wire. */
final class GrantViews {
  static final String GRANT = "01939d30-0a1b-7c2d-8e3f-506172839402";

  private static final String MEMBER = "01939a00-5b70-7c11-8a3f-9c7f1d2e6b05";
  private static final String TIME = "2026-11-03T18:20:00.000Z";
  private static final String LATER = "2027-02-01T18:20:00.000Z";
  private static final String SCOPES = "[\"pauses\", \"snapshots\"]";
  private static final String SCOPES_MEANING = "What may be read and done, as it was asked for.";
  private static final String STATES = "[\"requested\", \"active\", \"suspended\", \"ended\"]";
  private static final int DAYS = GrantTerms.MOST_DAYS;

  private GrantViews() {}

  @Schema(
      name = "GrantRequest",
      description = "What a practitioner may read, and for how long. `If-Match` says who that is.")
  record GrantRequest(
      @Schema(
              required = true,
              maxLength = 40,
              description = "The practitioner's, as it was given to you.",
              examples = PractitionerViews.CODE)
          @NotNull
          @Length(min = 1, max = 40)
          String code,
      @Schema(
              required = true,
              description =
                  "Of your own: any of `pauses`, `snapshots`, `markedAnswers`, `assignPrompts`. Of a relationship"
                      + " all; `assignPrompts`, `proposeAgendas` and `attendCheckIns` only with `pauses`,"
                      + " since a pause refuses them.",
              examples = SCOPES)
          @NotNull
          @Size(min = 1, max = 10)
          List<@NotNull GrantScope> scopes,
      @Schema(
              description = "For how many days; 90 when left out.",
              minimum = "7",
              maximum = "90",
              examples = "90")
          @Min(GrantTerms.FEWEST_DAYS)
          @Max(GrantTerms.MOST_DAYS)
          @Nullable Integer lastsDays) {
    /** For all of a relationship; what a pause refuses goes with seeing pauses. */
    GrantTerms shared() {
      return terms(scope -> !scope.tellsOfPauses() || scopes.contains(GrantScope.PAUSES));
    }

    /** For one member's own things. */
    GrantTerms own() {
      return terms(GrantScope::isOfOnesOwn);
    }

    private GrantTerms terms(Predicate<GrantScope> isAllowed) {
      for (int place = 0; place < scopes.size(); place++) {
        if (!isAllowed.test(scopes.get(place))) {
          throw HttpProblem.VALIDATION_FAILED
              .exception()
              .withError(FieldError.member("/scopes/" + place, Flaw.NOT_ALLOWED_VALUE));
        }
      }
      int days = lastsDays == null ? DAYS : lastsDays;
      return new GrantTerms(scopes, (short) days);
    }
  }

  @Schema(
      name = "SharedGrant",
      description =
          "What a practitioner may read of a relationship, while all its members want it. Who of the"
              + " others has said yes, and who ended it, is nobody's to know.")
  record SharedGrantView(
      @Schema(required = true, examples = GRANT) UUID id,
      @Schema(required = true, description = "As they describe themself now.")
          PractitionerView practitioner,
      @Schema(
              required = true,
              description = "The app through which it is read, and no other.",
              examples = PractitionerViews.TOOL)
          String clientId,
      @Schema(required = true, description = SCOPES_MEANING, examples = SCOPES) List<String> scopes,
      @Schema(required = true, description = "For how many days, each time.", examples = "90")
          int lastsDays,
      @Schema(description = "Who asked for it; absent once they have left.", examples = MEMBER)
          @Nullable UUID requestedBy,
      @Schema(required = true, examples = TIME) Instant requestedAt,
      @Schema(
              required = true,
              description =
                  "`requested` until all have said yes, `active` while it reads, `suspended` when somebody"
                      + " has joined, or the practitioner has changed what they say of themself, and not"
                      + " all have said yes to that; `ended` for good.",
              examples = "active",
              extensions =
                  @Extension(name = "x-extensible-enum", value = STATES, parseValue = true))
          String state,
      @Schema(
              required = true,
              description = "Whether you have said yes to the practitioner as described here.",
              examples = "true")
          boolean assentedByMe,
      @Schema(
              description = "From when on all can say yes anew, which renews it.",
              examples = "2027-01-18T18:20:00.000Z")
          @Nullable Instant renewableFrom,
      @Schema(description = "Whether you have said yes anew since then.", examples = "false")
          @Nullable Boolean renewedByMe,
      @Schema(
              description = "Until when all have to say yes, or until when it lasts.",
              examples = LATER)
          @Nullable Instant expiresAt,
      @Schema(description = "When it ended.", examples = LATER) @Nullable Instant endedAt) {
    static SharedGrantView of(SharedGrantService.Listed listed) {
      SharedGrant row = listed.row();
      boolean runs = row.hasBegun() && listed.endedAt() == null;
      return new SharedGrantView(
          row.id(),
          PractitionerView.of(listed.practitioner()),
          row.clientId(),
          GrantScope.wireNames(row.scopes()),
          row.lastsDays(),
          row.requestedBy(),
          row.requestedAt(),
          listed.state(),
          listed.assentedByMe(),
          runs ? row.renewableFrom() : null,
          runs ? listed.renewedByMe() : null,
          listed.endedAt() == null ? row.expiresAt() : null,
          listed.endedAt());
    }
  }

  @Schema(
      name = "NewSharedGrant",
      description = "That it was asked for; who the practitioner is, you know.")
  record NewSharedGrantView(
      @Schema(required = true, examples = GRANT) UUID id,
      @Schema(
              required = true,
              description = "Until when all have to say yes.",
              examples = "2026-11-17T18:20:00.000Z")
          Instant expiresAt) {}

  @Schema(
      name = "SelfGrant",
      description =
          "What a practitioner may read of your own things. Nobody but you and the practitioner learns"
              + " that it is there.")
  record SelfGrantView(
      @Schema(required = true, examples = GRANT) UUID id,
      @Schema(required = true, description = "As they describe themself now.")
          PractitionerView practitioner,
      @Schema(
              required = true,
              description = "The app through which it is read, and no other.",
              examples = PractitionerViews.TOOL)
          String clientId,
      @Schema(required = true, description = SCOPES_MEANING, examples = SCOPES) List<String> scopes,
      @Schema(required = true, description = "For how many days, each time.", examples = "90")
          int lastsDays,
      @Schema(
              required = true,
              description =
                  "`active` while it reads, `suspended` when the practitioner has changed what they say of"
                      + " themself and you haven't renewed it, or shares a relationship with you; `ended`"
                      + " for good.",
              examples = "active",
              extensions =
                  @Extension(
                      name = "x-extensible-enum",
                      value = "[\"active\", \"suspended\", \"ended\"]",
                      parseValue = true))
          String state,
      @Schema(required = true, examples = TIME) Instant beganAt,
      @Schema(description = "Until when it lasts.", examples = LATER) @Nullable Instant expiresAt,
      @Schema(description = "When it ended.", examples = LATER) @Nullable Instant endedAt) {
    static SelfGrantView of(SelfGrantService.Listed listed) {
      SelfGrant row = listed.row();
      return new SelfGrantView(
          row.id(),
          PractitionerView.of(listed.practitioner()),
          row.clientId(),
          GrantScope.wireNames(row.scopes()),
          row.lastsDays(),
          listed.state(),
          row.beganAt(),
          listed.endedAt() == null ? row.expiresAt() : null,
          listed.endedAt());
    }
  }

  @Schema(name = "NewSelfGrant", description = "That the practitioner may read now.")
  record NewSelfGrantView(
      @Schema(required = true, examples = GRANT) UUID id,
      @Schema(required = true, examples = LATER) Instant expiresAt) {}

  @Schema(name = "PracticeGrant", description = "What members let you read.")
  record PracticeGrantView(
      @Schema(required = true, examples = GRANT) UUID id,
      @Schema(
              required = true,
              description = "Whose things: all of a relationship, or one person.",
              examples = "[\"" + MEMBER + "\"]")
          List<UUID> memberIds,
      @Schema(required = true, description = SCOPES_MEANING, examples = SCOPES) List<String> scopes,
      @Schema(required = true, examples = TIME) Instant beganAt,
      @Schema(required = true, examples = LATER) Instant expiresAt) {
    static PracticeGrantView of(Grant grant) {
      return new PracticeGrantView(
          grant.id(),
          grant.memberIds(),
          GrantScope.wireNames(grant.scopes()),
          grant.beganAt(),
          grant.expiresAt());
    }
  }

  @Schema(name = "PracticeMember", description = "Somebody whose things you may read.")
  record PracticeMemberView(
      @Schema(required = true, examples = MEMBER) UUID memberId,
      @Schema(examples = "Ana") @Nullable SensitiveText displayName) {}

  @Schema(name = "OpenedPracticeGrant", description = "A grant, with what its members are called.")
  record OpenedGrantView(
      @Schema(required = true, examples = GRANT) UUID id,
      @Schema(required = true, description = "In the order of their joining.")
          List<PracticeMemberView> members,
      @Schema(required = true, description = SCOPES_MEANING, examples = SCOPES) List<String> scopes,
      @Schema(required = true, examples = TIME) Instant beganAt,
      @Schema(required = true, examples = LATER) Instant expiresAt) {}

  @Schema(name = "PracticeNews", description = "That something has come or changed.")
  record NewsView(
      @Schema(
              required = true,
              description = "Where to read it: in the list of these.",
              examples = "pause",
              extensions =
                  @Extension(
                      name = "x-extensible-enum",
                      value = "[\"pause\", \"snapshot\", \"answer\", \"term\", \"checkIn\"]",
                      parseValue = true))
          String type,
      @Schema(required = true, examples = "01939a21-77d0-7f3a-8b12-0c4d9e5f6a73") UUID id,
      @Schema(required = true, examples = TIME) Instant changedAt,
      @Schema(required = true) Provenance provenance) {
    static NewsView of(Practice.News news, Grant grant) {
      return new NewsView(
          news.type(),
          news.id(),
          news.changedAt(),
          new Provenance(news.memberId(), news.sharedAt(), grant.id()));
    }
  }

  @Schema(name = "PracticeBrief", description = "What is new under a grant, without a word of it.")
  record BriefView(
      @Schema(
              required = true,
              description = "As of when; `since` for the next time.",
              examples = TIME)
          Instant asOf,
      @Schema(required = true, description = "The newest first, 200 at most.") List<NewsView> items,
      @Schema(
              required = true,
              description = "Whether there is more than that; the lists have all of it.",
              examples = "false")
          boolean hasMore) {}
}
