package org.stillpoint.agreement;

import jakarta.inject.Singleton;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Tuple;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.stillpoint.privacy.spi.ExportDocument;
import org.stillpoint.privacy.spi.ExportDraft;
import org.stillpoint.privacy.spi.PersonalDataSource;

/** A member's drafts, and the terms that the member wrote or answered, where the member belongs. */
@Singleton
class AgreementPersonalData implements PersonalDataSource {
  private final EntityManager entities;
  private final AgreementTexts texts;

  AgreementPersonalData(EntityManager entities, AgreementTexts texts) {
    this.entities = entities;
    this.texts = texts;
  }

  @Override
  public void export(UUID memberId, ExportDraft copy) {
    copy.add(
        entities
            .createQuery(
                "from AgreementDraft d where d.authorId = :member order by d.createdAt, d.id",
                AgreementDraft.class)
            .setParameter("member", memberId)
            .getResultStream()
            .map(this::copy)
            .toList());
    Map<UUID, Boolean> answers = answers(memberId);
    List<Term> terms =
        entities
            .createQuery(
                "from Term t where t.authorId = :member or t.id in :answered order by t.id",
                Term.class)
            .setParameter("member", memberId)
            .setParameter("answered", answers.keySet())
            .getResultList();
    texts.prepare(terms);
    copy.add(terms.stream().map(term -> copy(memberId, term, answers)).toList());
  }

  private Map<UUID, Boolean> answers(UUID memberId) {
    List<?> rows =
        entities
            .createNativeQuery(
                "select term_id, assents from term_answer"
                    + " where member_id = :member and purpose = 'agree'",
                Tuple.class)
            .setParameter("member", memberId)
            .getResultList();
    return rows.stream()
        .map(Tuple.class::cast)
        .collect(Collectors.toMap(row -> row.get(0, UUID.class), row -> row.get(1, Boolean.class)));
  }

  private ExportDocument.AgreementDraft copy(AgreementDraft draft) {
    var document = texts.open(draft);
    return new ExportDocument.AgreementDraft(
        draft.relationshipId(),
        draft.id(),
        document.title(),
        document.terms().stream().map(term -> copy(term.content())).toList(),
        draft.createdAt());
  }

  private ExportDocument.Term copy(UUID memberId, Term term, Map<UUID, Boolean> answers) {
    Boolean assents = answers.get(term.id());
    return new ExportDocument.Term(
        term.relationshipId(),
        term.id(),
        term.agreementId(),
        term.authorId().equals(memberId),
        assents == null ? null : assents ? "assent" : "decline",
        term.proposedAt(),
        copy(texts.open(term)));
  }

  private static ExportDocument.TermContent copy(TermContent content) {
    TermMode mode = content.mode();
    SignalContent signal = content.signal();
    DiscreetText discreet = signal == null ? null : signal.discreetText();
    return new ExportDocument.TermContent(
        WireName.of(content.kind()),
        WireName.of(content.domain()),
        WireName.of(content.polarity()),
        mode == null ? null : WireName.of(mode),
        content.memberIds(),
        content.activities(),
        content.conditions(),
        content.validFrom(),
        content.validUntil(),
        content.reviewAt(),
        content.text(),
        signal == null ? null : WireName.of(signal.kind()),
        signal == null ? null : WireName.of(signal.form()),
        discreet == null ? null : WireName.of(discreet),
        content.coolingOffSeconds());
  }
}
