package org.stillpoint.contact;

import jakarta.inject.Singleton;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.stillpoint.crypto.KeyedHash;
import org.stillpoint.crypto.RandomSecret;
import org.stillpoint.crypto.SealedText;
import org.stillpoint.crypto.SensitiveText;
import org.stillpoint.crypto.Texts;

/**
 * Six digits that show that whoever gave an address reads what comes there. They are counted over
 * all members, so that nobody's phone is rung over and over; where others have used up what an
 * address gets, the caller is answered as ever, and none is sent.
 */
@Singleton
@Transactional(TxType.MANDATORY)
class ContactCodes {
  private static final long CODES = 1_000_000;

  /** In the place of a code that wasn't sent: what no guess can be. */
  private static final SensitiveText NONE = SensitiveText.of("none");

  private final EntityManager entities;
  private final KeyedHash hash;
  private final Texts texts;

  ContactCodes(EntityManager entities, KeyedHash hash, Texts texts) {
    this.entities = entities;
    this.hash = hash;
    this.texts = texts;
  }

  /** Gives the contact a code; whether it is to be sent. */
  boolean give(Contact contact, ContactAddress address, Instant now) {
    Boolean sends =
        (Boolean)
            entities
                .createNativeQuery("select ask_for_contact_code(:address, :now)", Boolean.class)
                .setParameter("address", hash.of("contact_code", address.screen()))
                .setParameter("now", now)
                .getSingleResultOrNull();
    if (sends == null) {
      throw ContactProblem.TOO_MANY_CODES.exception();
    }
    SensitiveText code = sends ? random() : NONE;
    contact.give(Objects.requireNonNull(texts.seal(code, contact.place("code"))), now);
    return sends;
  }

  private static SensitiveText random() {
    long number = ByteBuffer.wrap(RandomSecret.bytes(Long.BYTES)).getLong();
    return SensitiveText.of("%06d".formatted(Long.remainderUnsigned(number, CODES)));
  }

  /** Whether that is it; a wrong one counts. */
  boolean confirms(Contact contact, String tried, Instant now) {
    @Nullable SealedText code = contact.code(now);
    if (code == null) {
      throw ContactProblem.CHANNEL_CODE_VOID.exception();
    }
    byte[] right = texts.openPadded(code, contact.place("code"));
    if (!RandomSecret.same(right, tried.getBytes(StandardCharsets.UTF_8))) {
      contact.countWrongCode();
      return false;
    }
    contact.confirm(now);
    return true;
  }
}
