package org.stillpoint.practitioner;

import jakarta.inject.Singleton;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Query;
import jakarta.persistence.Tuple;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.stillpoint.api.paging.Cursor;
import org.stillpoint.api.paging.NativePage;
import org.stillpoint.api.problem.HttpProblem;
import org.stillpoint.api.ratelimit.RateLimits;
import org.stillpoint.crypto.SensitiveText;
import org.stillpoint.crypto.Texts;
import org.stillpoint.identity.NamedMember;
import org.stillpoint.relationship.Grant;
import org.stillpoint.relationship.GrantLookup;
import org.stillpoint.relationship.GrantScope;
import org.stillpoint.time.Ids;
import org.stillpoint.transaction.Callers;

/**
 * What the caller may read as a practitioner. It reaches the tables through functions of the
 * database alone, each of which asks anew what the caller may read now: there is no other wall in
 * which practitioners have a door (S34).
 */
@Singleton
@Transactional(TxType.MANDATORY)
class Practice implements GrantLookup {
  private static final String PAGE =
      """
      select * from practice_grants(:client, :now) g
      where (g.relationship_id is not null) = :shared
      and (g.began_at, g.id) > (cast(:afterTime as timestamptz), cast(:afterId as uuid))
      order by g.began_at, g.id limit :limit
      """;

  private final EntityManager entities;
  private final Callers callers;
  private final GrantEvents events;
  private final Texts texts;
  private final RateLimits limits;
  private final Clock clock;

  Practice(
      EntityManager entities,
      Callers callers,
      GrantEvents events,
      Texts texts,
      RateLimits limits,
      Clock clock) {
    this.entities = entities;
    this.callers = callers;
    this.events = events;
    this.texts = texts;
    this.limits = limits;
    this.clock = clock;
  }

  /** What is read now, the oldest first: of relationships, or of single members. */
  List<Grant> list(boolean shared, Cursor.@Nullable ByTime after, int limit) {
    List<?> rows =
        NativePage.oldestFirst(
                ofCaller(PAGE, clock.instant()).setParameter("shared", shared), after, limit)
            .getResultList();
    return rows.stream().map(Tuple.class::cast).map(Practice::grant).toList();
  }

  @Override
  public Grant open(
      UUID grantId, @Nullable GrantScope scope, @Nullable UUID ofMember, String kind) {
    limits.spendPracticeRead(callers.current().memberId(), grantId);
    List<?> opened =
        ofCaller(
                "select :id as id, g.* from open_grant(:id, :client, cast(:scope as text),"
                    + " cast(:member as uuid), :kind, :logId, :now) g",
                clock.instant())
            .setParameter("id", grantId)
            .setParameter("scope", scope == null ? null : scope.name())
            .setParameter("member", ofMember == null ? null : ofMember.toString())
            .setParameter("kind", kind)
            .setParameter("logId", Ids.next())
            .getResultList();
    if (opened.isEmpty()) {
      throw HttpProblem.NOT_FOUND.exception();
    }
    return grant((Tuple) opened.getFirst());
  }

  /** What its members are called, by their ids; absent where one has no name. */
  Map<UUID, SensitiveText> names(Grant grant) {
    texts.prepare(grant.memberIds());
    List<?> rows =
        entities
            .createNativeQuery(
                "select * from practice_members(:id, :client, :now)", NamedMember.class)
            .setParameter("id", grant.id())
            .setParameter("client", clientId())
            .setParameter("now", clock.instant())
            .getResultList();
    Map<UUID, SensitiveText> names = new HashMap<>();
    for (Object row : rows) {
      NamedMember member = (NamedMember) row;
      SensitiveText name = texts.open(member.displayName(), member.place());
      if (name != null) {
        names.put(member.memberId(), name);
      }
    }
    return names;
  }

  /** That something has come or changed, without a word of it. */
  record News(String type, UUID id, @Nullable UUID memberId, Instant sharedAt, Instant changedAt) {}

  /**
   * What is new since then, the newest first.
   *
   * @param since null for all that there is
   */
  List<News> brief(Grant grant, @Nullable Instant since, Instant now, int limit) {
    List<?> rows =
        NativePage.since(
                ofCaller(
                        "select * from practice_brief(:id, :client, cast(:since as timestamptz), :now) b"
                            + " order by b.changed_at desc, b.id desc limit :limit",
                        now)
                    .setParameter("id", grant.id())
                    .setParameter("limit", limit),
                since)
            .getResultList();
    return rows.stream()
        .map(Tuple.class::cast)
        .map(
            row ->
                new News(
                    row.get("type", String.class),
                    row.get("id", UUID.class),
                    row.get("member_id", UUID.class),
                    row.get("shared_at", Instant.class),
                    row.get("changed_at", Instant.class)))
        .toList();
  }

  /** Reads no more, without a reason; the members are told that it is over, and not by whom. */
  void end(UUID grantId) {
    Instant now = clock.instant();
    List<?> ended =
        ofCaller("select * from end_grant_as_practitioner(:id, :client, :now)", now)
            .setParameter("id", grantId)
            .getResultList();
    if (ended.isEmpty()) {
      throw HttpProblem.NOT_FOUND.exception();
    }
    tellEnded(grantId, (Tuple) ended.getFirst(), now);
  }

  /** The same for all, and the caller is no practitioner any more. */
  void end() {
    Instant now = clock.instant();
    entities.flush();
    List<?> ended =
        entities
            .createNativeQuery("select * from end_practice(:now)", Tuple.class)
            .setParameter("now", now)
            .getResultList();
    for (Object row : ended) {
      Tuple grant = (Tuple) row;
      tellEnded(grant.get("id", UUID.class), grant, now);
    }
  }

  private void tellEnded(UUID grantId, Tuple row, Instant now) {
    UUID relationshipId = row.get("relationship_id", UUID.class);
    List<UUID> members = members(row);
    if (relationshipId == null) {
      events.selfChanged(members.getFirst(), grantId, now);
    } else {
      events.changed(relationshipId, grantId, members, now);
    }
  }

  @Override
  public boolean isPaused(Grant grant) {
    return (Boolean)
        entities
            .createNativeQuery("select practice_paused(:id, :client, :now)", Boolean.class)
            .setParameter("id", grant.id())
            .setParameter("client", clientId())
            .setParameter("now", clock.instant())
            .getSingleResult();
  }

  @Override
  public @Nullable UUID hold(UUID grantId, GrantScope scope) {
    List<?> rows =
        entities
            .createNativeQuery("select * from hold_grant(:id, :scope, :now)", Tuple.class)
            .setParameter("id", grantId)
            .setParameter("scope", scope.name())
            .setParameter("now", clock.instant())
            .getResultList();
    if (rows.isEmpty()) {
      throw HttpProblem.NOT_FOUND.exception();
    }
    Tuple row = (Tuple) rows.getFirst();
    if (!row.get("reads", Boolean.class)) {
      throw PractitionerProblem.GRANT_NOT_ACTIVE.exception();
    }
    return row.get("relationship_id", UUID.class);
  }

  private String clientId() {
    return callers.current().login().clientId();
  }

  private Query ofCaller(String sql, Instant now) {
    return entities
        .createNativeQuery(sql, Tuple.class)
        .setParameter("client", clientId())
        .setParameter("now", now);
  }

  private static Grant grant(Tuple row) {
    return new Grant(
        row.get("id", UUID.class),
        row.get("relationship_id", UUID.class),
        members(row),
        Stream.of(row.get("scopes", String.class).split(",", -1))
            .map(GrantScope::valueOf)
            .collect(Collectors.toSet()),
        row.get("began_at", Instant.class),
        row.get("expires_at", Instant.class));
  }

  private static List<UUID> members(Tuple row) {
    return Stream.of(row.get("members", String.class).split(",", -1))
        .map(UUID::fromString)
        .toList();
  }
}
