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
import org.stillpoint.api.problem.HttpProblem;
import org.stillpoint.crypto.Texts;
import org.stillpoint.reflection.SnapshotService.Copy;
import org.stillpoint.relationship.Grant;
import org.stillpoint.relationship.GrantLookup;
import org.stillpoint.relationship.GrantScope;

/**
 * Gives practitioners copies of reflections. It asks nothing of anybody and tells nobody, not even
 * the practitioner, and so it works in every state (S10, S23, S28).
 */
@Singleton
@Transactional(TxType.MANDATORY)
class PracticeSnapshotService {
  private final ReflectionRepository reflections;
  private final PracticeSnapshots snapshots;
  private final ReflectionTexts texts;
  private final Texts keys;
  private final GrantLookup grants;
  private final Clock clock;

  PracticeSnapshotService(
      ReflectionRepository reflections,
      PracticeSnapshots snapshots,
      ReflectionTexts texts,
      Texts keys,
      GrantLookup grants,
      Clock clock) {
    this.reflections = reflections;
    this.snapshots = snapshots;
    this.texts = texts;
    this.keys = keys;
    this.grants = grants;
    this.clock = clock;
  }

  /** A copy with what it says. */
  record Given(PracticeSnapshot row, Copy copy) {}

  /** Copies the reflection as it reads now, for the practitioner of a grant of the author's. */
  PracticeSnapshot share(UUID memberId, UUID reflectionId, UUID grantId, boolean withPrompt) {
    Reflection reflection =
        reflections.lock(memberId, reflectionId).orElseThrow(HttpProblem.NOT_FOUND::exception);
    UUID granting = grants.hold(grantId, GrantScope.SNAPSHOTS);
    if (snapshots.countUnder(memberId, grantId) >= PracticeSnapshot.MOST) {
      throw ReflectionProblem.TOO_MANY_COPIES.exception();
    }
    ReflectionContent content = texts.open(reflection);
    PracticeSnapshot snapshot =
        PracticeSnapshot.take(memberId, reflectionId, granting, grantId, clock.instant());
    Copy copy = new Copy(content.text(), withPrompt ? content.about().prompt() : null);
    snapshot.words(texts.seal(copy, snapshot.place()));
    snapshots.persist(snapshot);
    return snapshot;
  }

  /** What the author has given of a reflection, the newest first. */
  List<PracticeSnapshot> of(
      UUID memberId, UUID reflectionId, Cursor.@Nullable ByTime after, int limit) {
    if (reflections.own(memberId, reflectionId).isEmpty()) {
      throw HttpProblem.NOT_FOUND.exception();
    }
    return snapshots.of(memberId, reflectionId, after, limit);
  }

  void recall(UUID memberId, UUID reflectionId, UUID id) {
    if (!snapshots.recall(memberId, reflectionId, id)) {
      throw HttpProblem.NOT_FOUND.exception();
    }
  }

  /** What a practitioner reads of one author, the newest first. */
  List<Given> read(
      Grant grant,
      UUID memberId,
      @Nullable Instant since,
      Cursor.@Nullable ByTime after,
      int limit) {
    keys.prepare(List.of(memberId));
    return snapshots.read(grant, memberId, since, after, limit).stream()
        .map(row -> new Given(row, texts.open(row.words(), row.place(), Copy.class)))
        .toList();
  }
}
