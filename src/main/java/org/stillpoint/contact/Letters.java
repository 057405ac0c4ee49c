package org.stillpoint.contact;

import jakarta.inject.Singleton;
import jakarta.persistence.EntityManager;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.stillpoint.crypto.SealedText;
import org.stillpoint.crypto.Texts;
import org.stillpoint.delivery.Delivery;
import org.stillpoint.delivery.DeliveryTargets;
import org.stillpoint.delivery.NoticeWords;
import org.stillpoint.event.EventType;
import org.stillpoint.identity.Profile;
import org.stillpoint.transaction.MemberTransactions;

/** Says what goes to a contact: a code to one that isn't confirmed, notices to one that is. */
@Singleton
class Letters {
  private final MemberTransactions transactions;
  private final ContactRepository contacts;
  private final EntityManager entities;
  private final Texts texts;
  private final DeliveryTargets targets;
  private final Clock clock;

  Letters(
      MemberTransactions transactions,
      ContactRepository contacts,
      EntityManager entities,
      Texts texts,
      DeliveryTargets targets,
      Clock clock) {
    this.transactions = transactions;
    this.contacts = contacts;
    this.entities = entities;
    this.texts = texts;
    this.targets = targets;
    this.clock = clock;
  }

  /**
   * What goes where.
   *
   * @param subject neutral, and the same for all
   */
  record Letter(String to, String subject, String text) {
    @Override
    public String toString() {
      return "[sensitive]";
    }
  }

  /**
   * A letter without its text, where that is a notice's.
   *
   * @param code the text with the code; null for a notice
   */
  private record Envelope(String to, Locale locale, @Nullable String code) {
    @Override
    public String toString() {
      return "[sensitive]";
    }
  }

  /** Empty when nothing may go there, or go any more. */
  Optional<Letter> of(Delivery delivery) {
    UUID memberId = delivery.event().recipient();
    boolean withCode = delivery.event().type().equals(EventType.CONTACT_CODE.wireName());
    Optional<Envelope> envelope =
        transactions.call(
            memberId,
            delivery.isUrgent(),
            () ->
                contacts
                    .find(memberId, delivery.targetId())
                    .flatMap(contact -> withCode ? codeTo(contact) : noticeTo(contact)));
    return envelope.map(
        e ->
            new Letter(
                e.to(),
                NoticeWords.of("subject", e.locale()),
                e.code() == null ? delivery.notice().get() : e.code()));
  }

  private Optional<Envelope> noticeTo(Contact contact) {
    return contact.isConfirmed()
        ? Optional.of(new Envelope(letters(contact), locale(contact), null))
        : Optional.empty();
  }

  private Optional<Envelope> codeTo(Contact contact) {
    Instant now = clock.instant();
    @Nullable SealedText code = contact.code(now);
    if (code == null) {
      return Optional.empty();
    }
    String digits = open(code, contact, "code");
    Locale locale = locale(contact);
    return Optional.of(
        new Envelope(
            letters(contact), locale, NoticeWords.of("code", locale).replace("{code}", digits)));
  }

  private String letters(Contact contact) {
    return open(contact.address(), contact, "address");
  }

  private String open(SealedText sealed, Contact contact, String column) {
    return new String(texts.openPadded(sealed, contact.place(column)), StandardCharsets.UTF_8);
  }

  private Locale locale(Contact contact) {
    return Objects.requireNonNull(entities.find(Profile.class, contact.memberId())).locale();
  }

  /** Removes a contact that is no more. */
  void gone(Delivery delivery) {
    UUID memberId = delivery.event().recipient();
    transactions.call(
        memberId,
        () -> {
          boolean removed = contacts.remove(memberId, delivery.targetId());
          targets.changed();
          return removed;
        });
  }
}
