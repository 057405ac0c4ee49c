package org.stillpoint.checkin;

import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.annotations.extensions.Extension;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.stillpoint.api.language.Language;
import org.stillpoint.checkin.Agenda.Words;
import org.stillpoint.crypto.SensitiveText;
import org.stillpoint.relationship.ActivePauses;
import org.stillpoint.relationship.Member;

/** Check-ins on the wire, the same for all who take part but for the language. */
@Singleton
class CheckInViews {
  static final String CHECK_IN = "01939c00-0000-7a11-8b22-3c4d5e6f7081";
  static final String ITEM = "01939c00-1111-7a22-8b33-4c5d6e7f8092";
  static final String MEMBER = "01939a00-5b70-7c11-8a3f-9c7f1d2e6b05";
  static final String OTHER_MEMBER = "01939a00-61aa-7d20-b4c1-2f3e4d5c6b7a";

  private final CheckInRepository checkIns;
  private final AgendaTexts texts;
  private final ActivePauses pauses;
  private final Clock clock;

  CheckInViews(CheckInRepository checkIns, AgendaTexts texts, ActivePauses pauses, Clock clock) {
    this.checkIns = checkIns;
    this.texts = texts;
    this.pauses = pauses;
    this.clock = clock;
  }

  @Schema(name = "CheckInItem", description = "One thing to talk about, in its own time.")
  record ItemView(
      @Schema(required = true, examples = ITEM) UUID id,
      @Schema(description = "The template's item that it is.", examples = "did-not")
          @Nullable String templateItemId,
      @Schema(
              description = "Whose words it is in; absent for those of a template.",
              examples = MEMBER)
          @Nullable UUID authorId,
      @Schema(
              description = "Absent when it was in the words of somebody who has left.",
              examples = "What did not")
          @Nullable SensitiveText title,
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
                  "Who sees an answer: `sealed` is read by nobody else until all have answered, and then"
                      + " by all; `open` by all at once; `private` by nobody else, ever.",
              examples = "sealed",
              extensions =
                  @Extension(
                      name = "x-extensible-enum",
                      value = AnswerKeeping.WIRE_NAMES,
                      parseValue = true))
          String answers,
      @Schema(
              required = true,
              description = "Whether all have answered what is sealed, so that all can read it.",
              examples = "false")
          boolean revealed) {

    private static ItemView of(CheckInItem item, @Nullable Words words) {
      return new ItemView(
          item.id(),
          item.templateItem(),
          item.authorId(),
          words == null ? null : words.title(),
          words == null ? List.of() : words.questions(),
          item.seconds(),
          item.turns(),
          item.answers().wireName(),
          item.isRevealed());
    }
  }

  @Schema(
      name = "CheckInTurn",
      description = "One speaks, and then a listener says back what was heard.")
  record TurnView(
      @Schema(required = true, examples = MEMBER) UUID speakerId,
      @Schema(
              required = true,
              description =
                  "`reflecting` once the speaker has finished: a listener says back what was heard, until"
                      + " the speaker says that it was.",
              examples = "speaking",
              extensions =
                  @Extension(
                      name = "x-extensible-enum",
                      value = TurnState.WIRE_NAMES,
                      parseValue = true))
          String state,
      @Schema(
              required = true,
              description =
                  "Of an equal share of the item's time, in which what is said back counts too. At zero"
                      + " others can take the turn.",
              examples = "240")
          long remainingSeconds) {}

  @Schema(name = "CheckInProgress", description = "What is talked about now, and for how long.")
  record ProgressView(
      @Schema(required = true, examples = ITEM) UUID itemId,
      @Schema(
              required = true,
              description = "Of the item's time. At zero nothing happens.",
              examples = "480")
          long remainingSeconds,
      @Schema(
              required = true,
              description = "Whether the time runs: not in a pause, and not when it is up.",
              examples = "true")
          boolean running,
      @Schema(
              description = "When it will be up, while it runs.",
              examples = "2026-11-08T19:12:00.000Z")
          @Nullable Instant endsAt,
      @Schema(
              required = true,
              description =
                  "Whether the next item can start: the time is up, or all wish to go on.",
              examples = "false")
          boolean mayGoOn,
      @Schema(description = "Absent between turns.") @Nullable TurnView turn,
      @Schema(
              required = true,
              description = "Who has yet to speak or pass; empty for an item without turns.",
              examples = "[\"" + OTHER_MEMBER + "\"]")
          List<UUID> toSpeakIds) {

    private static ProgressView of(
        CheckIn checkIn, CheckInItem item, Instant now, @Nullable Instant pausedSince) {
      Progress progress = checkIn.progress();
      List<UUID> participants = checkIn.participantIds();
      Duration left = progress.left(item, now, pausedSince);
      boolean runs = progress.isRunning() && pausedSince == null && left.isPositive();
      UUID speaker = progress.speakerId();
      TurnState turn = progress.turnState();
      return new ProgressView(
          item.id(),
          seconds(left),
          runs,
          runs ? now.plus(left) : null,
          progress.goesOn() || left.isZero(),
          speaker == null || turn == null
              ? null
              : new TurnView(
                  speaker,
                  turn.wireName(),
                  seconds(progress.leftOfTurn(item, participants.size(), now, pausedSince))),
          item.turns() ? progress.toSpeak(participants) : List.of());
    }

    /** Whole ones, of which none is left only when it is up. */
    private static long seconds(Duration left) {
      return left.plusMillis(999).toSeconds();
    }
  }

  @Schema(
      name = "CheckIn",
      description =
          "A talk that is planned. It opens once all are ready, and anybody skips, defers or closes it"
              + " at any time, without a reason. Who did, and who is ready, isn't told.")
  record CheckInView(
      @Schema(required = true, examples = CHECK_IN) UUID id,
      @Schema(
              required = true,
              description =
                  "`skipped` also when it hasn't opened a day after its start, `closed` also a week after"
                      + " it opened.",
              examples = "scheduled",
              extensions =
                  @Extension(
                      name = "x-extensible-enum",
                      value = CheckInState.WIRE_NAMES,
                      parseValue = true))
          String state,
      @Schema(
              required = true,
              description =
                  "Whether a pause holds it: nothing is submitted until nobody pauses any more and all"
                      + " are ready again.",
              examples = "false")
          boolean held,
      @Schema(required = true, examples = "2026-11-08T19:00:00.000Z") Instant startsAt,
      @Schema(
              required = true,
              description = "Who takes part; whoever has left doesn't any more.",
              examples = "[\"" + MEMBER + "\", \"" + OTHER_MEMBER + "\"]")
          List<UUID> participantIds,
      @Schema(examples = "after-closeness") @Nullable String templateId,
      @Schema(examples = "1") @Nullable Integer templateVersion,
      @Schema(description = "The one that it follows up, or takes the place of.")
          @Nullable UUID followsId,
      @Schema(description = "The series of which it is one.", examples = SeriesViews.SERIES)
          @Nullable UUID seriesId,
      @Schema(description = "The pause after which it leads back, at a time that all had offered.")
          @Nullable UUID pauseId,
      @Schema(required = true, description = "In their order.") List<ItemView> items,
      @Schema(description = "While it is open, and once its first item has started.")
          @Nullable ProgressView progress) {}

  /** One check-in as this member sees it. */
  CheckInView of(Member member, CheckIn checkIn, Language language) {
    return of(member, List.of(checkIn), language).apply(checkIn);
  }

  /** How this member sees these; what belongs to them is read in one go. */
  Function<CheckIn, CheckInView> of(Member member, Collection<CheckIn> shown, Language language) {
    Instant now = clock.instant();
    Instant pausedSince = pauses.pausedSince(member.relationshipId()).orElse(null);
    List<CheckInItem> items = checkIns.items(member.relationshipId(), shown);
    texts.prepare(items);
    Map<UUID, List<CheckInItem>> byCheckIn =
        items.stream().collect(Collectors.groupingBy(CheckInItem::checkInId));
    return checkIn ->
        view(checkIn, byCheckIn.getOrDefault(checkIn.id(), List.of()), pausedSince, now, language);
  }

  private CheckInView view(
      CheckIn checkIn,
      List<CheckInItem> items,
      @Nullable Instant pausedSince,
      Instant now,
      Language language) {
    return new CheckInView(
        checkIn.id(),
        state(checkIn, items, now).wireName(),
        checkIn.isOpen(now) && (pausedSince != null || checkIn.isInterrupted()),
        checkIn.startsAt(),
        checkIn.participantIds(),
        checkIn.templateId(),
        checkIn.templateVersion(),
        checkIn.followsId(),
        checkIn.seriesId(),
        checkIn.pauseId(),
        items.stream().map(item -> ItemView.of(item, texts.of(checkIn, item, language))).toList(),
        checkIn.isOpen(now) ? progress(checkIn, items, now, pausedSince) : null);
  }

  private static @Nullable ProgressView progress(
      CheckIn checkIn, List<CheckInItem> items, Instant now, @Nullable Instant pausedSince) {
    return items.stream()
        .filter(item -> checkIn.progress().isAt(item.id()))
        .findFirst()
        .map(item -> ProgressView.of(checkIn, item, now, pausedSince))
        .orElse(null);
  }

  /** Revealed is what is open and has nothing sealed left. */
  static CheckInState state(CheckIn checkIn, List<CheckInItem> items, Instant now) {
    List<CheckInItem> sealed =
        items.stream().filter(item -> item.answers() == AnswerKeeping.SEALED).toList();
    boolean revealed = !sealed.isEmpty() && sealed.stream().allMatch(CheckInItem::isRevealed);
    return checkIn.isOpen(now) && revealed ? CheckInState.REVEALED : checkIn.state(now);
  }
}
