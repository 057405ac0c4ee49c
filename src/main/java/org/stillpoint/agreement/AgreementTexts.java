package org.stillpoint.agreement;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.stillpoint.api.json.CanonicalJson;
import org.stillpoint.crypto.Place;
import org.stillpoint.crypto.RandomSecret;
import org.stillpoint.crypto.SealedText;
import org.stillpoint.crypto.SensitiveText;
import org.stillpoint.crypto.Texts;

/** Seals and opens what agreements say. */
@Singleton
class AgreementTexts {
  private static final int SALT_BYTES = 16;

  private final Texts texts;
  private final ObjectMapper json;

  AgreementTexts(Texts texts, ObjectMapper json) {
    this.texts = texts;
    this.json = json;
  }

  /** A term as it is stored: the salt keeps its hash from being guessed at (S20). */
  record TermDocument(String salt, TermContent content) {
    /** What an assent binds (S15): SHA-256 over the canonical form of both. */
    byte[] hash() {
      return CanonicalJson.hash(this);
    }
  }

  /** A version as it is stored. */
  record VersionDocument(SensitiveText title, List<UUID> termIds) {}

  /**
   * A clause of a draft.
   *
   * @param lineageId the clause whose text it changes or keeps; null for a new one
   */
  record DraftTerm(@Nullable UUID lineageId, TermContent content) {}

  /**
   * A draft as it is stored.
   *
   * @param memberIds who is to take part
   */
  record DraftDocument(SensitiveText title, List<UUID> memberIds, List<DraftTerm> terms) {}

  void seal(Term term, TermContent content) {
    byte[] salt = RandomSecret.bytes(SALT_BYTES);
    TermDocument document =
        new TermDocument(Base64.getUrlEncoder().withoutPadding().encodeToString(salt), content);
    term.say(texts.sealDocument(bytes(document), term.place()), document.hash());
  }

  /** Gets the keys of these in one go. */
  void prepare(Collection<Term> terms) {
    texts.prepare(terms.stream().map(Term::sealedFor).toList());
  }

  /** The same for versions. */
  void prepareVersions(Collection<AgreementVersion> versions) {
    texts.prepare(versions.stream().map(AgreementVersion::sealedFor).toList());
  }

  TermContent open(Term term) {
    return document(term).content();
  }

  /** What these say, in their order. */
  List<TermContent> open(List<Term> terms) {
    prepare(terms);
    return terms.stream().map(this::open).toList();
  }

  /** Seals it anew under the relationship's key: it goes with no member's any more. */
  void sealForAll(Term term) {
    term.sealForAll(sealAnew(term.content(), term.place(), term.placeForAll()));
  }

  /** The same for a version. */
  void sealForAll(AgreementVersion version) {
    version.sealForAll(sealAnew(version.content(), version.place(), version.placeForAll()));
  }

  private SealedText sealAnew(SealedText sealed, Place from, Place to) {
    return from.equals(to) ? sealed : texts.sealDocument(texts.openDocument(sealed, from), to);
  }

  /** With the salt, so that whoever reads the text can compute its hash. */
  TermDocument document(Term term) {
    return read(texts.openDocument(term.content(), term.place()), TermDocument.class);
  }

  void seal(AgreementVersion version, VersionDocument document) {
    version.content(texts.sealDocument(bytes(document), version.place()));
  }

  VersionDocument open(AgreementVersion version) {
    return read(texts.openDocument(version.content(), version.place()), VersionDocument.class);
  }

  /** As the next state of the draft, made on this version of its agreement. */
  void seal(AgreementDraft draft, DraftDocument document, int onVersion) {
    draft.renew(onVersion);
    draft.content(texts.sealDocument(bytes(document), draft.place()));
  }

  DraftDocument open(AgreementDraft draft) {
    return read(texts.openDocument(draft.content(), draft.place()), DraftDocument.class);
  }

  private byte[] bytes(Object document) {
    try {
      return json.writeValueAsBytes(document);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A document can't be written: " + e.getClass().getName());
    }
  }

  private <T> T read(byte[] document, Class<T> type) {
    try {
      return json.readValue(document, type);
    } catch (IOException e) {
      // Its message quotes what people wrote.
      throw new IllegalStateException("A document can't be read: " + e.getClass().getName());
    }
  }
}
