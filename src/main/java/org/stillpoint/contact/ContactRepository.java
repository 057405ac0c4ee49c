package org.stillpoint.contact;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.inject.Singleton;
import jakarta.persistence.LockModeType;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.stillpoint.api.paging.Cursor;
import org.stillpoint.api.paging.Keyset;
import org.stillpoint.delivery.DeliveryTargets;

/** The contacts of members, each for its owner. */
@Singleton
class ContactRepository implements PanacheRepositoryBase<Contact, Contact.Key> {
  private final DeliveryTargets targets;

  ContactRepository(DeliveryTargets targets) {
    this.targets = targets;
  }

  /** Lets the member's requests for codes, and new contacts, come one by one. */
  void lockMember(UUID memberId) {
    getEntityManager()
        .createNativeQuery("select id from member where id = :member for no key update", UUID.class)
        .setParameter("member", memberId)
        .getResultList();
  }

  long count(UUID memberId) {
    return count("memberId", memberId);
  }

  Optional<Contact> find(UUID memberId, byte[] addressHash) {
    return find("memberId = ?1 and addressHash = ?2", memberId, addressHash).firstResultOptional();
  }

  Optional<Contact> find(UUID memberId, UUID id) {
    return findByIdOptional(new Contact.Key(memberId, id));
  }

  /** Lets tries of its code come one by one. */
  Optional<Contact> lock(UUID memberId, UUID id) {
    return findByIdOptional(new Contact.Key(memberId, id), LockModeType.PESSIMISTIC_WRITE);
  }

  /** The oldest first. */
  List<Contact> of(UUID memberId, Cursor.@Nullable ByTime after, int limit) {
    return find(
            "memberId = :member" + Keyset.oldestFirst("createdAt", "id"),
            Keyset.values(after, Map.of("member", memberId)))
        .page(0, limit)
        .list();
  }

  /** With what waits for it, which the next channel is to tell; whether it was there. */
  boolean remove(UUID memberId, UUID id) {
    if (!deleteById(new Contact.Key(memberId, id))) {
      return false;
    }
    targets.lose(id);
    return true;
  }
}
