package org.stillpoint.checkin;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.inject.Singleton;
import jakarta.persistence.Query;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.stillpoint.relationship.Member;

/** Guests, as those who take part see them; and who says yes to them, each only their own. */
@Singleton
class GuestRepository implements PanacheRepositoryBase<Guest, Guest.Key> {
  /** Those of a check-in who are there, the first to be proposed first. */
  List<Guest> of(CheckIn checkIn, Instant now) {
    return list(
            "relationshipId = ?1 and checkInId = ?2 and endedAt is null order by proposedAt, id",
            checkIn.relationshipId(),
            checkIn.id())
        .stream()
        .filter(guest -> guest.isThere(now))
        .toList();
  }

  /** As it is now; empty where it has ended. */
  Optional<Guest> find(CheckIn checkIn, UUID id, Instant now) {
    return findByIdOptional(new Guest.Key(checkIn.relationshipId(), checkIn.id(), id))
        .filter(guest -> guest.isThere(now));
  }

  /** How many this member has proposed, with those who have ended. */
  long proposedBy(Member member, CheckIn checkIn) {
    return count(
        "relationshipId = ?1 and checkInId = ?2 and proposerId = ?3",
        checkIn.relationshipId(),
        checkIn.id(),
        member.memberId());
  }

  void assent(Member member, Guest guest, Instant now) {
    ofAssent(
            "insert into check_in_guest_assent (relationship_id, check_in_id, guest_row_id,"
                + " member_id, assented_at) values (:relationship, :checkIn, :guest, :member, :now)"
                + " on conflict do nothing",
            member,
            guest)
        .setParameter("now", now)
        .executeUpdate();
  }

  void withdrawAssent(Member member, Guest guest) {
    ofAssent(
            "delete from check_in_guest_assent where relationship_id = :relationship"
                + " and check_in_id = :checkIn and guest_row_id = :guest and member_id = :member",
            member,
            guest)
        .executeUpdate();
  }

  private Query ofAssent(String sql, Member member, Guest guest) {
    return getEntityManager()
        .createNativeQuery(sql)
        .setParameter("relationship", guest.relationshipId())
        .setParameter("checkIn", guest.checkInId())
        .setParameter("guest", guest.id())
        .setParameter("member", member.memberId());
  }

  /** To whom the member has said yes, in one check-in or in all. */
  Set<UUID> assentsOf(UUID memberId, @Nullable UUID checkInId) {
    String where = checkInId == null ? "" : " and check_in_id = :checkIn";
    Query query =
        getEntityManager()
            .createNativeQuery(
                "select guest_row_id from check_in_guest_assent where member_id = :member" + where,
                UUID.class)
            .setParameter("member", memberId);
    if (checkInId != null) {
      query.setParameter("checkIn", checkInId);
    }
    List<?> ids = query.getResultList();
    return ids.stream().map(UUID.class::cast).collect(Collectors.toSet());
  }

  /** Invites the guest if all have said yes; whether it has. */
  boolean complete(Guest guest, Instant now) {
    boolean complete =
        (Boolean) change("complete_guest", Boolean.class, guest, now).getSingleResult();
    if (complete) {
      getEntityManager().refresh(guest);
    }
    return complete;
  }

  /** Ends the guest, at once; whom of those who take no part to tell. */
  @Nullable UUID end(Guest guest, Instant now) {
    return (UUID) change("end_guest", UUID.class, guest, now).getSingleResultOrNull();
  }

  private Query change(String function, Class<?> result, Guest guest, Instant now) {
    return getEntityManager()
        .createNativeQuery("select " + function + "(:relationship, :checkIn, :guest, :now)", result)
        .setParameter("relationship", guest.relationshipId())
        .setParameter("checkIn", guest.checkInId())
        .setParameter("guest", guest.id())
        .setParameter("now", now);
  }
}
