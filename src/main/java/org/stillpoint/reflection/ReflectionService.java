package org.stillpoint.reflection;

import jakarta.inject.Singleton;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
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
import org.stillpoint.reflection.ReflectionContent.About;
import org.stillpoint.reflection.ReflectionRepository.Head;

/**
 * A member's journal. Nothing here reaches anybody else, no event of it is made, and its member is
 * asked for nothing (S23).
 */
@Singleton
@Transactional(TxType.MANDATORY)
class ReflectionService {
  /** A bound for the work of one search; two apps at once may pass it by one. */
  static final int MOST = 10_000;

  /** So many are looked at in one go. */
  private static final int BATCH = 500;

  private final ReflectionRepository reflections;
  private final Snapshots snapshots;
  private final ReflectionTexts texts;
  private final EntityManager entities;
  private final Clock clock;

  ReflectionService(
      ReflectionRepository reflections,
      Snapshots snapshots,
      ReflectionTexts texts,
      EntityManager entities,
      Clock clock) {
    this.reflections = reflections;
    this.snapshots = snapshots;
    this.texts = texts;
    this.entities = entities;
    this.clock = clock;
  }

  /** A reflection with what it says. */
  record Entry(Reflection row, ReflectionContent content) {}

  Reflection save(UUID memberId, ReflectionContent content) {
    if (reflections.countOf(memberId) >= MOST) {
      throw ReflectionProblem.JOURNAL_FULL.exception();
    }
    Reflection reflection = Reflection.begin(memberId, clock.instant());
    texts.seal(reflection, content);
    reflections.persist(reflection);
    return reflection;
  }

  Entry get(UUID memberId, UUID id) {
    return entry(reflections.own(memberId, id).orElseThrow(HttpProblem.NOT_FOUND::exception));
  }

  private Entry entry(Reflection reflection) {
    return new Entry(reflection, texts.open(reflection));
  }

  /** Those that match, the newest first. */
  List<Entry> search(
      UUID memberId, ReflectionFilter filter, Cursor.@Nullable ByTime after, int limit) {
    List<UUID> found = new ArrayList<>();
    Cursor.ByTime place = after;
    List<Head> batch;
    do {
      batch = reflections.heads(memberId, place, BATCH);
      batch.stream()
          .filter(head -> filter.matches(about(memberId, head)))
          .limit((long) limit - found.size())
          .map(Head::id)
          .forEach(found::add);
      place = batch.isEmpty() ? place : batch.getLast().place();
    } while (found.size() < limit && batch.size() == BATCH);
    Map<UUID, Reflection> rows =
        reflections.of(memberId, found).stream()
            .collect(Collectors.toMap(Reflection::id, Function.identity()));
    return found.stream().map(rows::get).filter(Objects::nonNull).map(this::entry).toList();
  }

  private About about(UUID memberId, Head head) {
    return texts.open(
        head.about(), Reflection.place(memberId, head.id(), head.changes(), "about"), About.class);
  }

  /** Replaces all that it says. */
  Entry change(UUID memberId, UUID id, ReflectionContent content, LongConsumer requireVersion) {
    Reflection reflection =
        reflections.lock(memberId, id).orElseThrow(HttpProblem.NOT_FOUND::exception);
    requireVersion.accept(reflection.changes());
    reflection.renew(clock.instant());
    texts.seal(reflection, content);
    return new Entry(reflection, content);
  }

  /** It is gone, and with it every copy that was shared. */
  void delete(UUID memberId, UUID id) {
    Reflection reflection =
        reflections.lock(memberId, id).orElseThrow(HttpProblem.NOT_FOUND::exception);
    snapshots.recallAll(memberId, List.of(id));
    reflections.delete(reflection);
  }

  /** The whole journal is gone, and with it every copy that was shared. */
  void erase(UUID memberId) {
    Collection<UUID> all =
        entities
            .createQuery("select id from Reflection where memberId = :member", UUID.class)
            .setParameter("member", memberId)
            .getResultList();
    snapshots.recallAll(memberId, all);
    reflections.deleteAllOf(memberId);
  }
}
