package org.stillpoint.reflection;

import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.LongConsumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.stillpoint.api.paging.Cursor;
import org.stillpoint.api.problem.HttpProblem;
import org.stillpoint.identity.Profile;
import org.stillpoint.reflection.ReflectionContent.About;
import org.stillpoint.reflection.ReflectionRepository.Head;

/**
 * A member's journal. Nothing here reaches anybody else, no event of it is made, and its member is
 * asked for nothing (S23).
 */
@Singleton
@Transactional(TxType.MANDATORY)
class ReflectionService {
  /** Bounds for the work of a search and of an export; apps at once may pass them by one each. */
  static final int MOST = 5_000;

  static final long MOST_BYTES = 8L * 1024 * 1024;

  /** So many are looked at in one go. */
  private static final int BATCH = 500;

  private final ReflectionRepository reflections;
  private final Snapshots snapshots;
  private final ReflectionTexts texts;
  private final Clock clock;

  ReflectionService(
      ReflectionRepository reflections, Snapshots snapshots, ReflectionTexts texts, Clock clock) {
    this.reflections = reflections;
    this.snapshots = snapshots;
    this.texts = texts;
    this.clock = clock;
  }

  /** A reflection with what it says. */
  record Entry(Reflection row, ReflectionContent content) {}

  Reflection save(UUID memberId, ReflectionContent content) {
    Reflection reflection = Reflection.begin(memberId, clock.instant());
    texts.seal(reflection, content);
    reflections.persistAndFlush(reflection);
    requireRoom(memberId);
    return reflection;
  }

  /** Which day it is where the member is. */
  LocalDate today(UUID memberId) {
    Profile profile = reflections.getEntityManager().find(Profile.class, memberId);
    return LocalDate.ofInstant(clock.instant(), profile.timeZone());
  }

  Entry get(UUID memberId, UUID id) {
    return entry(reflections.own(memberId, id).orElseThrow(HttpProblem.NOT_FOUND::exception));
  }

  private Entry entry(Reflection reflection) {
    return new Entry(reflection, texts.open(reflection));
  }

  /**
   * A part of what was looked for.
   *
   * @param next where the rest begins; null if there is none
   */
  record Found(List<Entry> entries, Cursor.@Nullable ByTime next) {}

  /** Those that match, the newest first; fewer if some are deleted meanwhile. */
  Found search(UUID memberId, ReflectionFilter filter, Cursor.@Nullable ByTime after, int limit) {
    List<Head> found = new ArrayList<>();
    Cursor.ByTime place = after;
    List<Head> batch;
    do {
      batch = reflections.heads(memberId, place, BATCH);
      batch.stream()
          .filter(head -> filter.matches(about(memberId, head)))
          .limit(limit + 1L - found.size())
          .forEach(found::add);
      place = batch.isEmpty() ? place : batch.getLast().place();
    } while (found.size() <= limit && batch.size() == BATCH);
    List<Head> shown = found.subList(0, Math.min(limit, found.size()));
    List<UUID> ids = shown.stream().map(Head::id).toList();
    Map<UUID, Reflection> rows =
        reflections.of(memberId, ids).stream()
            .collect(Collectors.toMap(Reflection::id, Function.identity()));
    return new Found(
        ids.stream().map(rows::get).filter(Objects::nonNull).map(this::entry).toList(),
        found.size() > limit ? shown.getLast().place() : null);
  }

  private About about(UUID memberId, Head head) {
    return texts.open(
        head.about(), Reflection.place(memberId, head.id(), head.changes(), "about"), About.class);
  }

  /**
   * Replaces all that it says.
   *
   * @param content made of what it has been about so far
   */
  Entry change(
      UUID memberId,
      UUID id,
      Function<About, ReflectionContent> content,
      LongConsumer requireVersion) {
    Reflection reflection = lock(memberId, id);
    requireVersion.accept(reflection.changes());
    ReflectionContent after = content.apply(texts.open(reflection).about());
    reflection.renew(clock.instant());
    texts.seal(reflection, after);
    reflections.flush();
    requireRoom(memberId);
    return new Entry(reflection, after);
  }

  private Reflection lock(UUID memberId, UUID id) {
    return reflections.lock(memberId, id).orElseThrow(HttpProblem.NOT_FOUND::exception);
  }

  private void requireRoom(UUID memberId) {
    if (reflections.countOf(memberId) > MOST || reflections.bytesOf(memberId) > MOST_BYTES) {
      throw ReflectionProblem.JOURNAL_FULL.exception();
    }
  }

  /** It is gone, and with it every copy that was shared. */
  void delete(UUID memberId, UUID id) {
    Reflection reflection = lock(memberId, id);
    snapshots.recallAll(memberId, id);
    reflections.delete(reflection);
  }

  /** The whole journal is gone, and with it every copy that was shared. */
  void erase(UUID memberId) {
    reflections.lockAllOf(memberId);
    snapshots.recallAll(memberId);
    reflections.deleteAllOf(memberId);
  }
}
