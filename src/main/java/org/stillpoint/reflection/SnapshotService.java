package org.stillpoint.reflection;

import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.stillpoint.api.paging.Cursor;
import org.stillpoint.api.problem.FieldError;
import org.stillpoint.api.problem.Flaw;
import org.stillpoint.api.problem.HttpProblem;
import org.stillpoint.api.ratelimit.RateLimits;
import org.stillpoint.crypto.SensitiveText;
import org.stillpoint.crypto.Texts;
import org.stillpoint.event.Event;
import org.stillpoint.event.EventType;
import org.stillpoint.event.Outbox;
import org.stillpoint.event.PressurePermit;
import org.stillpoint.reflection.ReflectionContent.PromptUsed;
import org.stillpoint.relationship.Member;
import org.stillpoint.relationship.PressureGuard;

/**
 * Shares copies of reflections. To give somebody something to read asks something of them, so that
 * it isn't done while they pause (S9).
 */
@Singleton
@Transactional(TxType.MANDATORY)
class SnapshotService {
  private final ReflectionRepository reflections;
  private final Snapshots snapshots;
  private final PracticeSnapshots practiceSnapshots;
  private final ReflectionTexts texts;
  private final Texts keys;
  private final PressureGuard pressure;
  private final RateLimits limits;
  private final Outbox outbox;
  private final Clock clock;

  SnapshotService(
      ReflectionRepository reflections,
      Snapshots snapshots,
      PracticeSnapshots practiceSnapshots,
      ReflectionTexts texts,
      Texts keys,
      PressureGuard pressure,
      RateLimits limits,
      Outbox outbox,
      Clock clock) {
    this.reflections = reflections;
    this.snapshots = snapshots;
    this.practiceSnapshots = practiceSnapshots;
    this.texts = texts;
    this.keys = keys;
    this.pressure = pressure;
    this.limits = limits;
    this.outbox = outbox;
    this.clock = clock;
  }

  /**
   * What its readers get.
   *
   * @param prompt null where the author has kept it back, or there was none
   */
  record Copy(SensitiveText text, @Nullable PromptUsed prompt) {}

  /** A copy with what it says. */
  record Shared(Snapshot row, Copy copy) {}

  /** Copies the reflection as it reads now, for these members of the author's relationship. */
  Snapshot share(Member author, UUID reflectionId, List<UUID> readerIds, boolean withPrompt) {
    Reflection reflection =
        reflections
            .lock(author.memberId(), reflectionId)
            .orElseThrow(HttpProblem.NOT_FOUND::exception);
    requireOthers(author, readerIds);
    limits.spendProposal(author.memberId());
    PressurePermit permit = pressure.ask(author);
    ReflectionContent content = texts.open(reflection);
    Instant now = clock.instant();
    Snapshot snapshot = Snapshot.take(author, reflectionId, readerIds, now);
    Copy copy = new Copy(content.text(), withPrompt ? content.about().prompt() : null);
    snapshot.words(texts.seal(copy, snapshot.place()));
    snapshots.persist(snapshot);
    outbox.add(
        Event.asking(
            permit,
            EventType.SNAPSHOT_SHARED,
            now,
            author.relationshipId(),
            Snapshots.place(author.relationshipId()),
            author.memberId(),
            readerIds));
    return snapshot;
  }

  private static void requireOthers(Member author, List<UUID> readerIds) {
    for (int place = 0; place < readerIds.size(); place++) {
      UUID reader = readerIds.get(place);
      if (!author.others().contains(reader) || readerIds.indexOf(reader) < place) {
        throw HttpProblem.VALIDATION_FAILED
            .exception()
            .withError(FieldError.member("/memberIds/" + place, Flaw.NOT_ALLOWED_VALUE));
      }
    }
  }

  /** What the author has shared of a reflection, the newest first. */
  List<Snapshot> of(UUID authorId, UUID reflectionId, Cursor.@Nullable ByTime after, int limit) {
    if (reflections.own(authorId, reflectionId).isEmpty()) {
      throw HttpProblem.NOT_FOUND.exception();
    }
    return snapshots.of(authorId, reflectionId, after, limit);
  }

  void recall(UUID authorId, UUID reflectionId, UUID id) {
    if (!snapshots.recall(authorId, reflectionId, id)) {
      throw HttpProblem.NOT_FOUND.exception();
    }
  }

  void recallAll(UUID authorId, UUID reflectionId) {
    var unused =
        reflections.lock(authorId, reflectionId).orElseThrow(HttpProblem.NOT_FOUND::exception);
    snapshots.recallAll(authorId, reflectionId);
    practiceSnapshots.recallAll(authorId, reflectionId);
  }

  /** What was shared with or by the member, the newest first. */
  List<Shared> visible(Member member, Cursor.@Nullable ByTime after, int limit) {
    List<Snapshot> rows = snapshots.visible(member, after, limit);
    keys.prepare(rows.stream().map(Snapshot::authorId).toList());
    return rows.stream().map(this::open).toList();
  }

  Shared visible(Member member, UUID id) {
    return snapshots
        .visible(member, id)
        .map(this::open)
        .orElseThrow(HttpProblem.NOT_FOUND::exception);
  }

  private Shared open(Snapshot snapshot) {
    return new Shared(snapshot, texts.open(snapshot.words(), snapshot.place(), Copy.class));
  }
}
