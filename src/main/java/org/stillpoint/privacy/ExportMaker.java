package org.stillpoint.privacy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.arc.All;
import jakarta.inject.Singleton;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import org.stillpoint.crypto.Texts;
import org.stillpoint.privacy.spi.ExportDocument;
import org.stillpoint.privacy.spi.ExportDraft;
import org.stillpoint.privacy.spi.PersonalDataSource;

/** Puts a member's copy together, and seals it under the member's own key until it is fetched. */
@Singleton
class ExportMaker {
  private final List<PersonalDataSource> sources;
  private final ObjectMapper json;
  private final Texts texts;
  private final EntityManager entities;
  private final Clock clock;

  ExportMaker(
      @All List<PersonalDataSource> sources,
      ObjectMapper json,
      Texts texts,
      EntityManager entities,
      Clock clock) {
    this.sources = sources;
    this.json = json;
    this.texts = texts;
    this.entities = entities;
    this.clock = clock;
  }

  /** In a transaction that acts for the member: it sees no other rows than that member may. */
  @Transactional(TxType.MANDATORY)
  byte[] make(UUID memberId) {
    ExportDraft copy = new ExportDraft();
    sources.forEach(source -> source.export(memberId, copy));
    try {
      return json.writeValueAsBytes(ExportDocument.of(memberId, clock.instant(), copy));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("An export can't be written", e);
    }
  }

  /** Keeps a copy until it is fetched. */
  @Transactional(TxType.MANDATORY)
  void putIn(UUID memberId, UUID exportId, byte[] document) {
    ExportContent content = ExportContent.of(memberId, exportId);
    content.seal(texts.sealDocument(document, content.place()));
    entities.persist(content);
  }

  /** Gives a copy out, which is gone then. */
  @Transactional(TxType.MANDATORY)
  byte[] takeOut(UUID memberId, UUID exportId) {
    ExportContent content = entities.find(ExportContent.class, new Export.Key(memberId, exportId));
    entities.remove(content);
    return texts.openDocument(content.sealed(), content.place());
  }
}
