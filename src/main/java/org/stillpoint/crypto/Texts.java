package org.stillpoint.crypto;

import com.google.crypto.tink.Aead;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Collection;
import java.util.UUID;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Seals people's words for the place where they are stored, under the data key of their owner, and
 * opens them again. Whoever works with words of several owners says so first, by {@link #prepare}.
 */
@Singleton
public class Texts {
  private static final Logger LOG = Logger.getLogger(Texts.class);

  private final DataKeys keys;
  private final Counter refused;

  Texts(DataKeys keys, MeterRegistry metrics) {
    this.keys = keys;
    this.refused =
        Counter.builder("stillpoint.sealed.refused")
            .description("Stored texts that were not sealed for their place")
            .register(metrics);
  }

  /** Gets the keys of these owners in one go. */
  public void prepare(Collection<UUID> owners) {
    keys.prepare(owners);
  }

  /** Makes the owner's key if this is the first text; null stays null. */
  public @Nullable SealedText seal(@Nullable SensitiveText text, Place place) {
    if (text == null) {
      return null;
    }
    return sealPadded(text.reveal().getBytes(StandardCharsets.UTF_8), place);
  }

  /** The same, as the bytes that a function of the database stores. */
  public byte[] stored(SensitiveText text, Place place) {
    return stored(text.reveal().getBytes(StandardCharsets.UTF_8), place);
  }

  /** The same of a document. */
  public byte[] stored(byte[] document, Place place) {
    return sealPadded(document, place).bytes();
  }

  /** The same for a document whose length could tell something. */
  public SealedText sealPadded(byte[] document, Place place) {
    return sealDocument(Padding.add(document), place);
  }

  /**
   * Null stays null.
   *
   * @throws SealedTextException when it was not sealed for this place, which is reported
   */
  public @Nullable SensitiveText open(@Nullable SealedText sealed, Place place) {
    if (sealed == null) {
      return null;
    }
    return SensitiveText.of(new String(openPadded(sealed, place), StandardCharsets.UTF_8));
  }

  /** The same for what was sealed by {@link #sealPadded}. */
  public byte[] openPadded(SealedText sealed, Place place) {
    return Padding.remove(openDocument(sealed, place));
  }

  /** The same for a document. Its length tells little, and isn't hidden. */
  public SealedText sealDocument(byte[] document, Place place) {
    try {
      return SealedText.of(keys.toSeal(place.owner()).encrypt(document, place.bytes()));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Encryption failed", e);
    }
  }

  /** The same for a document. */
  public byte[] openDocument(SealedText sealed, Place place) {
    Aead key = keys.toOpen(place.owner()).orElseThrow(() -> refusal(place));
    try {
      return key.decrypt(sealed.bytes(), place.bytes());
    } catch (GeneralSecurityException moved) {
      throw refusal(place);
    }
  }

  private SealedTextException refusal(Place place) {
    refused.increment();
    LOG.errorf(
        "A text in %s.%s was not sealed for its place, and is refused",
        place.table(), place.column());
    return new SealedTextException();
  }
}
