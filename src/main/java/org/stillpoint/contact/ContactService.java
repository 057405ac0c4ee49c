package org.stillpoint.contact;

import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.stillpoint.api.paging.Cursor;
import org.stillpoint.api.problem.FieldError;
import org.stillpoint.api.problem.Flaw;
import org.stillpoint.api.problem.HttpProblem;
import org.stillpoint.crypto.KeyedHash;
import org.stillpoint.crypto.SensitiveText;
import org.stillpoint.crypto.Texts;
import org.stillpoint.delivery.DeliveryTargets;
import org.stillpoint.event.Event;
import org.stillpoint.event.EventType;
import org.stillpoint.event.Outbox;
import org.stillpoint.identity.Caller;

/** Adds, confirms and removes where a member is reached. */
@Singleton
@Transactional(TxType.MANDATORY)
class ContactService {
  static final int MOST_CONTACTS = 5;

  private final ContactRepository contacts;
  private final ContactCodes codes;
  private final SmsGateway sms;
  private final MailServer mail;
  private final KeyedHash hash;
  private final Texts texts;
  private final DeliveryTargets targets;
  private final Outbox outbox;
  private final Clock clock;

  ContactService(
      ContactRepository contacts,
      ContactCodes codes,
      SmsGateway sms,
      MailServer mail,
      KeyedHash hash,
      Texts texts,
      DeliveryTargets targets,
      Outbox outbox,
      Clock clock) {
    this.contacts = contacts;
    this.codes = codes;
    this.sms = sms;
    this.mail = mail;
    this.hash = hash;
    this.texts = texts;
    this.targets = targets;
    this.outbox = outbox;
    this.clock = clock;
  }

  /** A contact with its address. */
  record Listed(Contact contact, SensitiveText to) {}

  /**
   * The same address of the same member is the same contact; it gets a new code, if it needs one.
   */
  Listed add(Caller caller, Medium medium, SensitiveText to, @Nullable Boolean pausesOnly) {
    requireOffered(medium);
    ContactAddress address =
        ContactAddress.of(medium, to)
            .orElseThrow(
                () ->
                    HttpProblem.VALIDATION_FAILED
                        .exception()
                        .withError(FieldError.member("/to", Flaw.NOT_ALLOWED_VALUE)));
    UUID memberId = caller.memberId();
    Instant now = clock.instant();
    contacts.lockMember(memberId);
    byte[] addressHash = hash.of("contact", address.key());
    Contact contact =
        contacts
            .find(memberId, addressHash)
            .orElseGet(() -> make(memberId, medium, to, addressHash, now));
    if (pausesOnly != null) {
      contact.pausesOnly(pausesOnly);
    }
    sendCode(contact, address, now);
    return listed(contact);
  }

  private Contact make(
      UUID memberId, Medium medium, SensitiveText to, byte[] addressHash, Instant now) {
    if (contacts.count(memberId) >= MOST_CONTACTS) {
      throw ContactProblem.TOO_MANY_CHANNELS.exception();
    }
    Contact contact = Contact.plan(memberId, medium, addressHash, now);
    contact.address(Objects.requireNonNull(texts.seal(to, contact.place("address"))));
    contacts.persist(contact);
    return contact;
  }

  private void requireOffered(Medium medium) {
    boolean offered =
        switch (medium) {
          case SMS -> sms.isSetUp();
          case EMAIL -> mail.isSetUp();
        };
    if (!offered) {
      throw ContactProblem.CHANNEL_NOT_OFFERED.exception();
    }
  }

  private void sendCode(Contact contact, ContactAddress address, Instant now) {
    if (contact.isConfirmed()) {
      return;
    }
    boolean sends = codes.give(contact, address, now);
    // The feed has to know before the event is stored, and is locked last.
    targets.changed();
    Event event =
        Event.of(
            EventType.CONTACT_CODE,
            now,
            null,
            new Event.Resource("contact", contact.id()),
            null,
            List.of(contact.memberId()));
    outbox.add(sends ? event : event.quietly());
  }

  /** Sends a new code, if it needs one. */
  Listed sendCode(Caller caller, UUID id) {
    contacts.lockMember(caller.memberId());
    Contact contact = mine(caller, id);
    requireOffered(contact.medium());
    Listed listed = listed(contact);
    sendCode(contact, ContactAddress.stored(listed.to()), clock.instant());
    return listed;
  }

  /** Whether the code is right, or was; a wrong one counts. */
  boolean confirm(Caller caller, UUID id, String code) {
    Contact contact =
        contacts.lock(caller.memberId(), id).orElseThrow(HttpProblem.NOT_FOUND::exception);
    return contact.isConfirmed() || codes.confirms(contact, code, clock.instant());
  }

  Listed get(Caller caller, UUID id) {
    return listed(mine(caller, id));
  }

  Listed update(Caller caller, UUID id, boolean pausesOnly) {
    Contact contact = mine(caller, id);
    contact.pausesOnly(pausesOnly);
    return listed(contact);
  }

  List<Listed> list(UUID memberId, Cursor.@Nullable ByTime after, int limit) {
    return contacts.of(memberId, after, limit).stream().map(this::listed).toList();
  }

  /** Removes one of one's own, at once. */
  void remove(Caller caller, UUID id) {
    if (!contacts.remove(caller.memberId(), id)) {
      throw HttpProblem.NOT_FOUND.exception();
    }
    targets.changed();
  }

  private Contact mine(Caller caller, UUID id) {
    return contacts.find(caller.memberId(), id).orElseThrow(HttpProblem.NOT_FOUND::exception);
  }

  private Listed listed(Contact contact) {
    return new Listed(
        contact, Objects.requireNonNull(texts.open(contact.address(), contact.place("address"))));
  }
}
