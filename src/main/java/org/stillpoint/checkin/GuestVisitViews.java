package org.stillpoint.checkin;

import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.extensions.Extension;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.stillpoint.api.language.Language;
import org.stillpoint.api.problem.HttpProblem;
import org.stillpoint.checkin.Agenda.Words;
import org.stillpoint.checkin.AnswerResource.AnswerView;
import org.stillpoint.crypto.SensitiveText;
import org.stillpoint.crypto.Texts;
import org.stillpoint.identity.NamedMember;

/** A check-in as its guest sees it. Of pauses, turns and who is ready there is nothing in it. */
@Singleton
class GuestVisitViews {
  private static final String STATES = "[\"scheduled\", \"open\", \"revealed\"]";

  private final GuestVisits visits;
  private final AgendaTexts agendas;
  private final Texts texts;

  GuestVisitViews(GuestVisits visits, AgendaTexts agendas, Texts texts) {
    this.visits = visits;
    this.agendas = agendas;
    this.texts = texts;
  }

  @Schema(name = "GuestCheckInMember", description = "Somebody who takes part.")
  record MemberView(
      @Schema(required = true, examples = CheckInViews.MEMBER) UUID memberId,
      @Schema(examples = "Ana") @Nullable SensitiveText displayName) {}

  @Schema(
      name = "GuestCheckInItem",
      description = "One thing to talk about, and what guests may read of what was answered to it.")
  record ItemView(
      @Schema(required = true, examples = CheckInViews.ITEM) UUID id,
      @Schema(
              description = "Whose words it is in; absent for those of a template.",
              examples = CheckInViews.MEMBER)
          @Nullable UUID authorId,
      @Schema(examples = "What did not") @Nullable SensitiveText title,
      @Schema(
              required = true,
              examples = "[\"What did not feel good, or was too much, too fast or too near?\"]")
          List<SensitiveText> questions,
      @Schema(required = true, description = "How long it takes at most.", examples = "600")
          int durationSeconds,
      @Schema(
              required = true,
              description = "Whether one speaks and another listens, by turns.",
              examples = "true")
          boolean turns,
      @Schema(
              required = true,
              description =
                  "What all who take part can read and its author lets guests have. That something is"
                      + " missing tells nothing.")
          List<AnswerView> answers) {}

  @Schema(
      name = "GuestCheckIn",
      description =
          "A check-in in which you are a guest, until it is over or one of those who take part no longer"
              + " wants you there: then it is as if it never was.")
  record GuestCheckInView(
      @Schema(required = true, examples = GuestResource.GUEST) UUID id,
      @Schema(
              required = true,
              description = "As what you come.",
              examples = "counsellor",
              extensions =
                  @Extension(
                      name = "x-extensible-enum",
                      value = GuestRole.WIRE_NAMES,
                      parseValue = true))
          String role,
      @Schema(
              required = true,
              examples = "open",
              extensions =
                  @Extension(name = "x-extensible-enum", value = STATES, parseValue = true))
          String state,
      @Schema(required = true, examples = "2026-11-08T19:00:00.000Z") Instant startsAt,
      @Schema(required = true, description = "Who takes part.") List<MemberView> participants,
      @Schema(required = true, description = "In their order.") List<ItemView> items) {}

  /** One of them; gone, if it ended while it was read. */
  GuestCheckInView of(GuestVisit visit, Language language) {
    return of(List.of(visit), language).apply(visit).orElseThrow(HttpProblem.NOT_FOUND::exception);
  }

  /** How the guest sees these; what belongs to them is read in one go. */
  Function<GuestVisit, Optional<GuestCheckInView>> of(List<GuestVisit> shown, Language language) {
    texts.prepare(
        shown.stream().flatMap(visit -> visit.participantIds().stream()).distinct().toList());
    Map<UUID, SensitiveText> names = names(shown);
    Map<UUID, List<CheckInAnswer>> answers =
        visits.answers(shown).stream().collect(Collectors.groupingBy(CheckInAnswer::itemId));
    Map<UUID, List<VisitedItem>> items =
        visits.items(shown).stream().collect(Collectors.groupingBy(VisitedItem::checkInId));
    return visit ->
        Optional.ofNullable(items.get(visit.checkInId()))
            .map(
                agenda ->
                    new GuestCheckInView(
                        visit.id(),
                        visit.role().wireName(),
                        state(visit, agenda).wireName(),
                        visit.startsAt(),
                        members(visit, names),
                        agenda.stream()
                            .map(item -> item(visit, item, answers, language))
                            .toList()));
  }

  private Map<UUID, SensitiveText> names(List<GuestVisit> shown) {
    Map<UUID, SensitiveText> names = new HashMap<>();
    for (NamedMember member : visits.members(shown)) {
      SensitiveText name = texts.open(member.displayName(), member.place());
      if (name != null) {
        names.put(member.memberId(), name);
      }
    }
    return names;
  }

  private static List<MemberView> members(GuestVisit visit, Map<UUID, SensitiveText> names) {
    return visit.participantIds().stream()
        .map(member -> new MemberView(member, names.get(member)))
        .toList();
  }

  private static CheckInState state(GuestVisit visit, List<VisitedItem> items) {
    if (!visit.isOpen()) {
      return CheckInState.SCHEDULED;
    }
    boolean revealed =
        items.stream().anyMatch(VisitedItem::isRevealed)
            && items.stream().allMatch(item -> item.isRevealed() || !item.isSealed());
    return revealed ? CheckInState.REVEALED : CheckInState.OPEN;
  }

  private ItemView item(
      GuestVisit visit,
      VisitedItem item,
      Map<UUID, List<CheckInAnswer>> answers,
      Language language) {
    Words words = agendas.of(visit, item, language);
    Stream<CheckInAnswer> given = answers.getOrDefault(item.id(), List.of()).stream();
    return new ItemView(
        item.id(),
        item.authorId(),
        words == null ? null : words.title(),
        words == null ? List.of() : words.questions(),
        item.seconds(),
        item.turns(),
        given
            .map(
                answer ->
                    new AnswerView(
                        answer.memberId(),
                        texts.open(answer.text(), answer.place()),
                        answer.passes()))
            .toList());
  }
}
