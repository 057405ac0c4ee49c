package org.stillpoint.practitioner;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.inject.Singleton;
import jakarta.persistence.Tuple;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.stillpoint.api.paging.Cursor;
import org.stillpoint.api.paging.Keyset;
import org.stillpoint.relationship.Member;

/** The grants of relationships, as their members see them; each member sees only their own yes. */
@Singleton
class SharedGrantRepository implements PanacheRepositoryBase<SharedGrant, SharedGrant.Key> {
  /**
   * What can still come about or goes on; and, for a month, what has begun and ended while the
   * member was there.
   */
  private static final String LISTED =
      "relationshipId = :relationship and (endedAt is null and expiresAt > :now"
          + " or beganAt is not null and coalesce(endedAt, expiresAt) > :lately"
          + " and coalesce(endedAt, expiresAt) > :joined)";

  /** One's own yes. */
  record Assent(UUID edition, Instant assentedAt) {}

  /** Whom to tell of a change; null for nobody. */
  record Told(@Nullable UUID practitionerId) {}

  /** The newest first. */
  List<SharedGrant> listed(Member member, Instant now, Cursor.@Nullable ByTime after, int limit) {
    return find(
            LISTED + Keyset.newestFirst("requestedAt", "id"),
            Keyset.values(after, values(member, now)))
        .page(0, limit)
        .list();
  }

  Optional<SharedGrant> listed(Member member, UUID id, Instant now) {
    Map<String, Object> values = new HashMap<>(values(member, now));
    values.put("id", id);
    return find("id = :id and " + LISTED, values).firstResultOptional();
  }

  private static Map<String, Object> values(Member member, Instant now) {
    return Map.of(
        "relationship", member.relationshipId(),
        "now", now,
        "lately", now.minus(SharedGrant.MONTH),
        "joined", member.joinedAt());
  }

  /** Those that go on, or still can. */
  long countOpen(Member member, Instant now) {
    return count(
        "relationshipId = ?1 and endedAt is null and expiresAt > ?2", member.relationshipId(), now);
  }

  /** What this member has asked for here since then, whatever has become of it. */
  long countAsked(Member member, Instant since) {
    return count(
        "requestedBy = ?1 and relationshipId = ?2 and requestedAt > ?3",
        member.memberId(),
        member.relationshipId(),
        since);
  }

  /** Those that are read now, unless they have expired. */
  Set<UUID> standing(UUID relationshipId) {
    List<?> ids =
        getEntityManager()
            .createNativeQuery("select standing_grants_of(:relationship)", UUID.class)
            .setParameter("relationship", relationshipId)
            .getResultList();
    return ids.stream().map(UUID.class::cast).collect(Collectors.toSet());
  }

  /** The member's own yeses, by the grant. */
  Map<UUID, Assent> assentsOf(UUID memberId) {
    List<?> rows =
        getEntityManager()
            .createNativeQuery(
                "select grant_id, edition, assented_at from shared_grant_assent"
                    + " where member_id = :member",
                Tuple.class)
            .setParameter("member", memberId)
            .getResultList();
    return rows.stream()
        .map(Tuple.class::cast)
        .collect(
            Collectors.toMap(
                row -> row.get("grant_id", UUID.class),
                row ->
                    new Assent(
                        row.get("edition", UUID.class), row.get("assented_at", Instant.class))));
  }

  /**
   * That one has said yes.
   *
   * @param practitionerId whom to tell that all have; null where not all have, or had before
   * @param replaced the grants in whose place it comes
   */
  record Yes(@Nullable UUID practitionerId, List<UUID> replaced) {}

  /** Says yes to an edition; empty where there is no such grant. */
  Optional<Yes> sayYes(SharedGrant grant, UUID edition, Instant now) {
    List<?> rows =
        getEntityManager()
            .createNativeQuery(
                "select told, replaced from say_yes_to_grant(:relationship, :id, :edition, :now)",
                Tuple.class)
            .setParameter("relationship", grant.relationshipId())
            .setParameter("id", grant.id())
            .setParameter("edition", edition)
            .setParameter("now", now)
            .getResultList();
    getEntityManager().refresh(grant);
    return rows.stream().map(row -> yes((Tuple) row)).findFirst();
  }

  private static Yes yes(Tuple row) {
    String replaced = row.get("replaced", String.class);
    return new Yes(
        row.get("told", UUID.class),
        replaced.isEmpty()
            ? List.of()
            : Stream.of(replaced.split(",", -1)).map(UUID::fromString).toList());
  }

  /** Ends it; whom to tell, empty where there is no such grant. */
  Optional<Told> end(SharedGrant grant, Instant now) {
    List<?> rows =
        getEntityManager()
            .createNativeQuery(
                "select told from end_shared_grant(:relationship, :id, :now)", UUID.class)
            .setParameter("relationship", grant.relationshipId())
            .setParameter("id", grant.id())
            .setParameter("now", now)
            .getResultList();
    return rows.isEmpty() ? Optional.empty() : Optional.of(new Told((UUID) rows.getFirst()));
  }
}
