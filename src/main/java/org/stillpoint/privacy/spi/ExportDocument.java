package org.stillpoint.privacy.spi;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.stillpoint.crypto.SensitiveText;

/** The copy of a member's data as the member gets it. Other members are ids, and no more. */
@Schema(
    name = "ExportDocument",
    description =
        "All that you wrote or assented to, and who has got at it. Others appear as ids only. More"
            + " is added as features are.")
public record ExportDocument(
    @Schema(
            required = true,
            description = "Grows when a field changes its meaning.",
            examples = "1")
        int formatVersion,
    @Schema(required = true, examples = Examples.TIME) Instant madeAt,
    @Schema(required = true, examples = Examples.MEMBER) UUID memberId,
    @Schema(required = true) Profile profile,
    @Schema(required = true) List<Client> clients,
    @Schema(required = true) List<Membership> memberships,
    @Schema(required = true) List<Invitation> invitations,
    @Schema(required = true) List<InvitationAssent> invitationAssents,
    @Schema(required = true) List<Pause> pauses,
    @Schema(required = true) List<Acknowledgement> acknowledgements,
    @Schema(required = true) List<ReturnOffer> returnOffers,
    @Schema(required = true) List<TapKey> tapKeys,
    @Schema(required = true) List<Limit> limits,
    @Schema(required = true) List<AgreementDraft> agreementDrafts,
    @Schema(required = true) List<Term> terms,
    @Schema(required = true) List<CheckIn> checkIns,
    @Schema(required = true) List<CheckInSeries> checkInSeries,
    @Schema(required = true) List<CheckInAnswer> checkInAnswers,
    @Schema(required = true) List<CheckInGuest> checkInGuests,
    @Schema(required = true) List<GuestCheckIn> guestCheckIns,
    @Schema(required = true) List<CalendarFeed> calendarFeeds,
    @Schema(required = true) CheckInReminders checkInReminders,
    @Schema(required = true) List<CheckInDecision> checkInDecisions,
    @Schema(required = true) List<Reflection> reflections,
    @Schema(required = true) List<Snapshot> snapshots,
    @Schema(required = true) List<SuggestedPrompts> suggestedPrompts,
    @Schema(required = true) List<PracticeSnapshot> practiceSnapshots,
    @Schema(required = true) List<SharedGrant> sharedGrants,
    @Schema(required = true) List<SelfGrant> selfGrants,
    @Schema(required = true) List<AgendaProposal> agendaProposals,
    @Schema(description = "What you have said of yourself as one.")
        @Nullable Practitioner practitioner,
    @Schema(required = true) List<Device> devices,
    @Schema(required = true) List<WebhookSubscription> webhookSubscriptions,
    @Schema(required = true) List<Channel> channels,
    @Schema(required = true) ChannelOrder channelOrder,
    @Schema(required = true) List<Event> events,
    @Schema(required = true) Retention retention,
    @Schema(required = true) List<Access> accessLog) {

  /** Puts the parts in their places. */
  public static ExportDocument of(UUID memberId, Instant madeAt, ExportDraft copy) {
    return new ExportDocument(
        1,
        madeAt,
        memberId,
        copy.one(Profile.class),
        copy.of(Client.class),
        copy.of(Membership.class),
        copy.of(Invitation.class),
        copy.of(InvitationAssent.class),
        copy.of(Pause.class),
        copy.of(Acknowledgement.class),
        copy.of(ReturnOffer.class),
        copy.of(TapKey.class),
        copy.of(Limit.class),
        copy.of(AgreementDraft.class),
        copy.of(Term.class),
        copy.of(CheckIn.class),
        copy.of(CheckInSeries.class),
        copy.of(CheckInAnswer.class),
        copy.of(CheckInGuest.class),
        copy.of(GuestCheckIn.class),
        copy.of(CalendarFeed.class),
        copy.one(CheckInReminders.class),
        copy.of(CheckInDecision.class),
        copy.of(Reflection.class),
        copy.of(Snapshot.class),
        copy.of(SuggestedPrompts.class),
        copy.of(PracticeSnapshot.class),
        copy.of(SharedGrant.class),
        copy.of(SelfGrant.class),
        copy.of(AgendaProposal.class),
        copy.of(Practitioner.class).stream().findFirst().orElse(null),
        copy.of(Device.class),
        copy.of(WebhookSubscription.class),
        copy.of(Channel.class),
        copy.one(ChannelOrder.class),
        copy.of(Event.class),
        copy.one(Retention.class),
        copy.of(Access.class));
  }

  private static final class Examples {
    static final String TIME = "2026-11-03T21:04:05.678Z";
    static final String MEMBER = "01939a00-5b70-7c11-8a3f-9c7f1d2e6b05";
    static final String RELATIONSHIP = "01939a00-5c1e-7b52-9d5e-3f1f6f0a4c11";
    static final String PAUSE = "01939a21-77d0-7f3a-8b12-0c4d9e5f6a73";
    static final String INVITATION = "01939a10-2b44-7d0e-a1c3-5e8f70b2d914";
    static final String TERM = "01939b00-2222-7a33-8b44-5c6d7e8f90a1";
    static final String CHECK_IN = "01939c00-0000-7a11-8b22-3c4d5e6f7081";
    static final String ITEM = "01939c00-1111-7a22-8b33-4c5d6e7f8092";
    static final String SERIES = "01939c00-2222-7a33-8b44-5c6d7e8f90a2";
    static final String GUEST = "01939c50-0000-7a11-8b22-3c4d5e6f7083";
    static final String REFLECTION = "01939d00-0000-7a11-8b22-3c4d5e6f7091";
    static final String GRANT = "01939d30-0a1b-7c2d-8e3f-506172839402";
    static final String PRACTITIONER = "01939d20-0a1b-7c2d-8e3f-506172839401";
    static final String CLIENT = "stillpoint-ios";

    private Examples() {}
  }

  @Schema(name = "ExportedProfile", description = "What you have said of yourself.")
  public record Profile(
      @Schema(examples = "Ana") @Nullable SensitiveText displayName,
      @Schema(examples = "she/her") @Nullable SensitiveText pronouns,
      @Schema(examples = "switch") @Nullable SensitiveText roleLabel,
      @Schema(required = true, examples = "en") String locale,
      @Schema(required = true, examples = "Europe/Berlin") String timeZone,
      @Schema(examples = Examples.TIME) @Nullable Instant adultAttestedAt,
      @Schema(examples = "2026-11") @Nullable String consentVersion,
      @Schema(examples = Examples.TIME) @Nullable Instant consentedAt) {}

  @Schema(name = "ExportedClient", description = "An app that acts, or acted, for you.")
  public record Client(
      @Schema(required = true, examples = "01939a02-7e11-7d55-9a0b-1c2d3e4f5061") UUID id,
      @Schema(required = true, examples = Examples.CLIENT) String clientId,
      @Schema(required = true, examples = Examples.TIME) Instant firstUsedAt,
      @Schema(examples = Examples.TIME) @Nullable Instant cutOffAt) {}

  @Schema(name = "ExportedMembership", description = "That you belong to a relationship, or did.")
  public record Membership(
      @Schema(required = true, examples = Examples.RELATIONSHIP) UUID relationshipId,
      @Schema(required = true, examples = Examples.TIME) Instant joinedAt,
      @Schema(examples = Examples.TIME) @Nullable Instant leftAt,
      @Schema(required = true, description = "The other current members, while you belong to it.")
          List<UUID> otherMemberIds) {}

  @Schema(name = "ExportedInvitation", description = "An invitation that you made.")
  public record Invitation(
      @Schema(required = true, examples = Examples.RELATIONSHIP) UUID relationshipId,
      @Schema(required = true, examples = Examples.INVITATION) UUID id,
      @Schema(required = true, examples = Examples.TIME) Instant createdAt,
      @Schema(required = true, examples = Examples.TIME) Instant expiresAt,
      @Schema(examples = Examples.TIME) @Nullable Instant acceptedAt,
      @Schema(examples = Examples.TIME) @Nullable Instant withdrawnAt) {}

  @Schema(name = "ExportedInvitationAssent", description = "Your yes to one more member.")
  public record InvitationAssent(
      @Schema(required = true, examples = Examples.RELATIONSHIP) UUID relationshipId,
      @Schema(required = true, examples = Examples.INVITATION) UUID invitationId,
      @Schema(required = true, examples = Examples.TIME) Instant assentedAt) {}

  @Schema(name = "ExportedPause", description = "A pause that you raised.")
  public record Pause(
      @Schema(required = true, examples = Examples.RELATIONSHIP) UUID relationshipId,
      @Schema(required = true, examples = Examples.PAUSE) UUID id,
      @Schema(required = true, examples = "red") String kind,
      @Schema(required = true, examples = "lifted") String state,
      @Schema(required = true, examples = Examples.TIME) Instant raisedAt,
      @Schema(required = true, examples = Examples.TIME) Instant receivedAt,
      @Schema(examples = Examples.TIME) @Nullable Instant endedAt,
      @Schema(required = true, description = "How often you tapped.", examples = "2") int taps,
      @Schema(required = true, description = "Ids of taps that found it there already.")
          List<UUID> tapIds) {}

  @Schema(name = "ExportedAcknowledgement", description = "That you have understood a pause.")
  public record Acknowledgement(
      @Schema(required = true, examples = Examples.RELATIONSHIP) UUID relationshipId,
      @Schema(required = true, examples = Examples.PAUSE) UUID pauseId,
      @Schema(required = true, examples = Examples.TIME) Instant acknowledgedAt) {}

  @Schema(name = "ExportedReturnOffer", description = "When you could have returned.")
  public record ReturnOffer(
      @Schema(required = true, examples = Examples.RELATIONSHIP) UUID relationshipId,
      @Schema(required = true, examples = Examples.PAUSE) UUID pauseId,
      @Schema(required = true, examples = Examples.TIME) Instant offeredAt,
      @Schema(required = true) List<Window> windows) {}

  @Schema(name = "ExportedWindow", description = "A span of time, its end not included.")
  public record Window(
      @Schema(required = true, examples = "2026-11-04T18:00:00.000Z") Instant startsAt,
      @Schema(required = true, examples = "2026-11-04T20:00:00.000Z") Instant endsAt) {}

  @Schema(name = "ExportedTapKey", description = "A tap key of yours, without its secret.")
  public record TapKey(
      @Schema(required = true, examples = Examples.RELATIONSHIP) UUID relationshipId,
      @Schema(required = true, examples = "01939a30-0a1b-7c2d-8e3f-405162738495") UUID id,
      @Schema(examples = "Tag at the bed") @Nullable SensitiveText label,
      @Schema(required = true, examples = "red") String kind,
      @Schema(required = true, examples = Examples.CLIENT) String clientId,
      @Schema(required = true, examples = Examples.TIME) Instant createdAt,
      @Schema(examples = Examples.TIME) @Nullable Instant revokedAt) {}

  @Schema(name = "ExportedLimit", description = "A limit of yours.")
  public record Limit(
      @Schema(required = true, examples = Examples.RELATIONSHIP) UUID relationshipId,
      @Schema(required = true, examples = "01939a40-3c5d-7e1f-9a2b-6d7c8e9f0a1b") UUID id,
      @Schema(required = true) LimitContent content,
      @Schema(required = true, examples = Examples.TIME) Instant drawnAt,
      @Schema(required = true, examples = Examples.TIME) Instant changedAt,
      @Schema(description = "What waits to ease it.") @Nullable LimitEasing easing) {}

  @Schema(name = "ExportedLimitContent", description = "What a limit of yours says.")
  public record LimitContent(
      @Schema(required = true, examples = "hard") String strength,
      @Schema(required = true, examples = "physical") String category,
      @Schema(required = true, examples = "touch") String domain,
      @Schema(required = true, examples = "[\"tickling\"]") List<SensitiveText> activities,
      @Schema(examples = "Also not as a joke.") @Nullable SensitiveText text) {}

  @Schema(name = "ExportedLimitEasing", description = "What waits to ease a limit of yours.")
  public record LimitEasing(
      @Schema(required = true, examples = "2026-11-04T21:04:05.678Z") Instant effectiveAt,
      @Schema(description = "What the limit becomes; absent when it ends.")
          @Nullable LimitContent becomes) {}

  @Schema(name = "ExportedAgreementDraft", description = "What you have not proposed yet.")
  public record AgreementDraft(
      @Schema(required = true, examples = Examples.RELATIONSHIP) UUID relationshipId,
      @Schema(required = true, examples = Examples.TERM) UUID id,
      @Schema(required = true, examples = "How we talk") SensitiveText title,
      @Schema(required = true) List<TermContent> terms,
      @Schema(required = true, examples = Examples.TIME) Instant createdAt) {}

  @Schema(name = "ExportedTerm", description = "A term that you wrote, or answered.")
  public record Term(
      @Schema(required = true, examples = Examples.RELATIONSHIP) UUID relationshipId,
      @Schema(required = true, examples = Examples.TERM) UUID id,
      @Schema(required = true, examples = Examples.TERM) UUID agreementId,
      @Schema(required = true, description = "Whether you wrote it.", examples = "true")
          boolean written,
      @Schema(description = "Your answer: `assent` or `decline`.", examples = "assent")
          @Nullable String myAnswer,
      @Schema(required = true, examples = Examples.TIME) Instant proposedAt,
      @Schema(required = true) TermContent content) {}

  @Schema(name = "ExportedTermContent", description = "What a term says.")
  public record TermContent(
      @Schema(required = true, examples = "consent") String kind,
      @Schema(required = true, examples = "touch") String domain,
      @Schema(required = true, examples = "permits") String polarity,
      @Schema(examples = "askEachTime") @Nullable String mode,
      @Schema(required = true) List<UUID> memberIds,
      @Schema(required = true, examples = "[\"holding-hands\"]") List<SensitiveText> activities,
      @Schema(required = true, examples = "[\"Both are sober.\"]") List<SensitiveText> conditions,
      @Schema(examples = Examples.TIME) @Nullable Instant validFrom,
      @Schema(examples = Examples.TIME) @Nullable Instant validUntil,
      @Schema(examples = Examples.TIME) @Nullable Instant reviewAt,
      @Schema(required = true, examples = "We hold hands.") SensitiveText text,
      @Schema(description = "For a signal.", examples = "red") @Nullable String signalKind,
      @Schema(description = "For a signal.", examples = "word") @Nullable String signalForm,
      @Schema(description = "For a signal.", examples = "kettle") @Nullable String discreetText,
      @Schema(description = "For the cooling-off.", examples = "86400")
          @Nullable Long coolingOffSeconds) {}

  @Schema(name = "ExportedCheckIn", description = "A check-in in which you take part.")
  public record CheckIn(
      @Schema(required = true, examples = Examples.RELATIONSHIP) UUID relationshipId,
      @Schema(required = true, examples = Examples.CHECK_IN) UUID id,
      @Schema(required = true, examples = "closed") String state,
      @Schema(required = true, examples = Examples.TIME) Instant startsAt,
      @Schema(required = true) List<UUID> participantIds,
      @Schema(examples = "after-closeness") @Nullable String templateId,
      @Schema(required = true, description = "The items in your own words.")
          List<CheckInItem> ownItems) {}

  @Schema(name = "ExportedCheckInItem", description = "What you wanted to talk about.")
  public record CheckInItem(
      @Schema(required = true, examples = Examples.ITEM) UUID id,
      @Schema(required = true, examples = "What I would like to hear") SensitiveText title,
      @Schema(required = true, examples = "[\"What was good for you?\"]")
          List<SensitiveText> questions) {}

  @Schema(
      name = "ExportedCheckInSeries",
      description = "A series of check-ins in which you take part.")
  public record CheckInSeries(
      @Schema(required = true, examples = Examples.RELATIONSHIP) UUID relationshipId,
      @Schema(required = true, examples = Examples.SERIES) UUID id,
      @Schema(required = true, examples = "2026-11-08T19:00") String localStart,
      @Schema(required = true, examples = "Europe/Berlin") String timeZone,
      @Schema(required = true, examples = "FREQ=WEEKLY;BYDAY=SU;COUNT=12") String rule,
      @Schema(required = true) List<UUID> participantIds,
      @Schema(examples = "after-closeness") @Nullable String templateId,
      @Schema(required = true, description = "The items in your own words.")
          List<CheckInItem> ownItems) {}

  @Schema(name = "ExportedCheckInAnswer", description = "What you wrote to an item.")
  public record CheckInAnswer(
      @Schema(required = true, examples = Examples.RELATIONSHIP) UUID relationshipId,
      @Schema(required = true, examples = Examples.CHECK_IN) UUID checkInId,
      @Schema(required = true, examples = Examples.ITEM) UUID itemId,
      @Schema(examples = "I would have liked to stop sooner.") @Nullable SensitiveText text,
      @Schema(required = true, examples = "false") boolean passes,
      @Schema(required = true, examples = "false") boolean onlyForMe,
      @Schema(required = true, examples = "true") boolean submitted,
      @Schema(required = true, examples = "false") boolean forGuests,
      @Schema(required = true, description = "The grants under which practitioners may read it.")
          List<UUID> forPractitioners) {}

  @Schema(
      name = "ExportedAgendaProposal",
      description = "What you proposed, as a practitioner, to talk about.")
  public record AgendaProposal(
      @Schema(required = true, examples = "1e7b2c3d-4e5f-4061-9a2b-3c4d5e6f7081") UUID id,
      @Schema(examples = "after-closeness") @Nullable String templateId,
      @Schema(required = true, description = "The titles of items and their questions, in order.")
          List<SensitiveText> texts,
      @Schema(required = true, examples = Examples.TIME) Instant proposedAt) {}

  @Schema(
      name = "ExportedCheckInGuest",
      description = "A guest of a check-in whom you proposed, or said yes to.")
  public record CheckInGuest(
      @Schema(required = true, examples = Examples.RELATIONSHIP) UUID relationshipId,
      @Schema(required = true, examples = Examples.CHECK_IN) UUID checkInId,
      @Schema(required = true, examples = Examples.GUEST) UUID id,
      @Schema(required = true, examples = "counsellor") String role,
      @Schema(description = "What you wrote, if you proposed the guest.", examples = "Dora")
          @Nullable SensitiveText label,
      @Schema(required = true, description = "Whether you said yes.", examples = "true")
          boolean assented) {}

  @Schema(name = "ExportedGuestCheckIn", description = "A check-in in which you are a guest now.")
  public record GuestCheckIn(
      @Schema(required = true, examples = Examples.GUEST) UUID id,
      @Schema(required = true, examples = "counsellor") String role,
      @Schema(required = true, examples = Examples.TIME) Instant acceptedAt,
      @Schema(required = true, examples = Examples.TIME) Instant startsAt) {}

  @Schema(name = "ExportedCalendarFeed", description = "A calendar feed, without its secret.")
  public record CalendarFeed(
      @Schema(required = true, examples = "01939c40-1a2b-7c3d-8e4f-506172839495") UUID id,
      @Schema(examples = "Phone") @Nullable SensitiveText label,
      @Schema(required = true, examples = Examples.CLIENT) String clientId,
      @Schema(required = true, examples = Examples.TIME) Instant createdAt) {}

  @Schema(name = "ExportedCheckInReminders", description = "When you are reminded of check-ins.")
  public record CheckInReminders(
      @Schema(required = true, examples = "[3600]") List<Integer> leadSeconds) {}

  @Schema(
      name = "ExportedCheckInDecision",
      description = "What you have proposed, or said yes to with all others.")
  public record CheckInDecision(
      @Schema(required = true, examples = Examples.RELATIONSHIP) UUID relationshipId,
      @Schema(required = true, examples = Examples.CHECK_IN) UUID checkInId,
      @Schema(required = true, examples = "01939c00-2222-7a33-8b44-5c6d7e8f90a3") UUID id,
      @Schema(required = true, description = "Whether you have proposed it.", examples = "true")
          boolean written,
      @Schema(required = true, examples = "We ask each other before visitors come.")
          SensitiveText text,
      @Schema(required = true) List<UUID> agreementIds,
      @Schema(required = true) List<UUID> termIds,
      @Schema(examples = Examples.TIME) @Nullable Instant recordedAt) {}

  @Schema(name = "ExportedReflection", description = "An entry of your journal.")
  public record Reflection(
      @Schema(required = true, examples = Examples.REFLECTION) UUID id,
      @Schema(required = true, examples = "note") String kind,
      @Schema(required = true, examples = "I was calm until the door fell shut.")
          SensitiveText text,
      @Schema(examples = "body-asks") @Nullable String promptId,
      @Schema(required = true, examples = "[\"evenings\"]") List<SensitiveText> tags,
      @Schema(examples = "quieter") @Nullable SensitiveText mood,
      @Schema(required = true, examples = "2026-11-03") LocalDate date,
      @Schema(required = true, examples = Examples.TIME) Instant createdAt,
      @Schema(required = true, examples = Examples.TIME) Instant changedAt) {}

  @Schema(name = "ExportedSnapshot", description = "A copy of a reflection that you have shared.")
  public record Snapshot(
      @Schema(required = true, examples = "01939d00-1111-7a22-8b33-4c5d6e7f8093") UUID id,
      @Schema(required = true, examples = Examples.REFLECTION) UUID reflectionId,
      @Schema(required = true, examples = Examples.RELATIONSHIP) UUID relationshipId,
      @Schema(required = true, description = "Who may read it.") List<UUID> memberIds,
      @Schema(required = true, examples = "I was calm until the door fell shut.")
          SensitiveText text,
      @Schema(required = true, examples = Examples.TIME) Instant takenAt) {}

  @Schema(name = "ExportedSuggestedPrompts", description = "What was suggested to you on a day.")
  public record SuggestedPrompts(
      @Schema(required = true, examples = "2026-11-03") LocalDate date,
      @Schema(required = true, examples = "[\"body-asks\"]") List<String> promptIds) {}

  @Schema(
      name = "ExportedPracticeSnapshot",
      description = "A copy of a reflection that you have given a practitioner.")
  public record PracticeSnapshot(
      @Schema(required = true, examples = "01939d00-1111-7a22-8b33-4c5d6e7f8094") UUID id,
      @Schema(required = true, examples = Examples.REFLECTION) UUID reflectionId,
      @Schema(required = true, examples = Examples.GRANT) UUID grantId,
      @Schema(required = true, examples = "I was calm until the door fell shut.")
          SensitiveText text,
      @Schema(required = true, examples = Examples.TIME) Instant takenAt) {}

  @Schema(
      name = "ExportedSharedGrant",
      description = "What a practitioner may read, as far as you asked for it or said yes.")
  public record SharedGrant(
      @Schema(required = true, examples = Examples.RELATIONSHIP) UUID relationshipId,
      @Schema(required = true, examples = Examples.GRANT) UUID id,
      @Schema(required = true, examples = Examples.PRACTITIONER) UUID practitionerId,
      @Schema(required = true, examples = "practice-notes") String clientId,
      @Schema(required = true, examples = "[\"pauses\"]") List<String> scopes,
      @Schema(required = true, description = "Whether you asked for it.", examples = "true")
          boolean requested,
      @Schema(description = "When you said yes last.", examples = Examples.TIME)
          @Nullable Instant assentedAt,
      @Schema(required = true, examples = Examples.TIME) Instant expiresAt) {}

  @Schema(
      name = "ExportedSelfGrant",
      description = "What a practitioner may read of your own things.")
  public record SelfGrant(
      @Schema(required = true, examples = Examples.GRANT) UUID id,
      @Schema(required = true, examples = Examples.PRACTITIONER) UUID practitionerId,
      @Schema(required = true, examples = "practice-notes") String clientId,
      @Schema(required = true, examples = "[\"pauses\"]") List<String> scopes,
      @Schema(required = true, examples = Examples.TIME) Instant beganAt,
      @Schema(description = "Until when it lasts.", examples = Examples.TIME)
          @Nullable Instant expiresAt,
      @Schema(description = "When it ended.", examples = Examples.TIME)
          @Nullable Instant endedAt) {}

  @Schema(name = "ExportedPractitioner", description = "What you say of yourself as one.")
  public record Practitioner(
      @Schema(required = true, examples = "Dora Lind") SensitiveText displayName,
      @Schema(required = true, examples = "Couples therapist") SensitiveText work,
      @Schema(required = true, examples = "[\"de\"]") List<String> languages,
      @Schema(required = true, examples = "asksNotToBeTold") String secretsPolicy,
      @Schema(required = true, examples = "Tell me nothing that I have to keep.")
          SensitiveText secretsPolicyText,
      @Schema(required = true, examples = Examples.TIME) Instant registeredAt) {}

  @Schema(name = "ExportedDevice", description = "A device of yours, without its address.")
  public record Device(
      @Schema(required = true, examples = "01939e10-5a6b-7c7d-8e8f-901122334455") UUID id,
      @Schema(required = true, examples = "webPush") String channel,
      @Schema(required = true, examples = Examples.CLIENT) String clientId,
      @Schema(required = true, examples = Examples.TIME) Instant createdAt) {}

  @Schema(
      name = "ExportedWebhookSubscription",
      description = "That an app's own server gets your events.")
  public record WebhookSubscription(
      @Schema(required = true, examples = Examples.CLIENT) String clientId,
      @Schema(required = true, examples = Examples.TIME) Instant createdAt) {}

  @Schema(name = "ExportedChannel", description = "Where you are reached without an app.")
  public record Channel(
      @Schema(required = true, examples = "01939e10-1a2b-7c3d-8e4f-506172839496") UUID id,
      @Schema(required = true, examples = "sms") String channel,
      @Schema(required = true, examples = "+491701234567") SensitiveText to,
      @Schema(required = true, examples = "true") boolean confirmed,
      @Schema(required = true, examples = "true") boolean pausesOnly,
      @Schema(required = true, examples = Examples.TIME) Instant createdAt) {}

  @Schema(name = "ExportedChannelOrder", description = "In which order you are reached.")
  public record ChannelOrder(
      @Schema(required = true, examples = "[\"push\", \"sms\", \"email\"]") List<String> channels,
      @Schema(required = true, examples = "60") int fallbackAfterSeconds) {}

  @Schema(name = "ExportedEvent", description = "What your apps were told.")
  public record Event(
      @Schema(required = true, examples = "01939a21-77d1-7b09-9c55-7a6b5c4d3e2f") UUID id,
      @Schema(required = true, examples = "pause.raised") String type,
      @Schema(required = true, examples = Examples.TIME) Instant occurredAt,
      @Schema(examples = Examples.RELATIONSHIP) @Nullable UUID relationshipId,
      @Schema(required = true, examples = "pause") String resourceType,
      @Schema(required = true, examples = Examples.PAUSE) UUID resourceId) {}

  @Schema(name = "ExportedRetention", description = "For how long what is yours is kept.")
  public record Retention(
      @Schema(required = true, examples = "72") int noticePayloadHours,
      @Schema(required = true, examples = "7") int invitationDays,
      @Schema(required = true, examples = "30") int accessLogDays,
      @Schema(required = true, examples = "90") int pauseEventDays,
      @Schema(required = true, examples = "365") int supersededVersionDays,
      @Schema(required = true, examples = "180") int checkInAnswerDays,
      @Schema(examples = "365") @Nullable Integer reflectionDays) {}

  @Schema(name = "ExportedAccess", description = "That an app of yours has got at your data.")
  public record Access(
      @Schema(required = true, examples = Examples.TIME) Instant occurredAt,
      @Schema(required = true, examples = "pauses:read") String kind,
      @Schema(required = true, examples = Examples.CLIENT) String clientId,
      @Schema(required = true, examples = "12") int times,
      @Schema(examples = "01939a02-7e11-7d55-9a0b-1c2d3e4f5061") @Nullable UUID resourceId) {}
}
