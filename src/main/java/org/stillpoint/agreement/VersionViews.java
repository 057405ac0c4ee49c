package org.stillpoint.agreement;

import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.stillpoint.agreement.AgreementTexts.VersionDocument;
import org.stillpoint.agreement.AgreementViews.DifferenceView;
import org.stillpoint.agreement.AgreementViews.VersionEntryView;
import org.stillpoint.agreement.AgreementViews.VersionView;
import org.stillpoint.agreement.InForce.Said;
import org.stillpoint.agreement.TermAnswers.Own;
import org.stillpoint.api.language.Language;
import org.stillpoint.relationship.Member;

/** Reads versions and terms as one participant sees them. */
@Singleton
class VersionViews {
  private final AgreementRepository agreements;
  private final TermRepository terms;
  private final TermAnswers answers;
  private final AgreementTexts texts;
  private final Clock clock;

  VersionViews(
      AgreementRepository agreements,
      TermRepository terms,
      TermAnswers answers,
      AgreementTexts texts,
      Clock clock) {
    this.agreements = agreements;
    this.terms = terms;
    this.answers = answers;
    this.texts = texts;
    this.clock = clock;
  }

  /** Three queries, whatever the number of terms. */
  VersionView of(Member reader, Agreement agreement, AgreementVersion version, Language language) {
    VersionDocument document = texts.open(version);
    return new VersionView(
        version.agreementId(),
        version.number(),
        state(states(agreement, List.of(version)), version),
        document.title(),
        version.authorId(),
        version.proposedAt(),
        terms(reader, inOrder(reader, document).values()),
        Statements.in(language));
  }

  /** In their order, without their terms; one query, whatever their number. */
  List<VersionEntryView> entries(
      Agreement agreement, List<AgreementVersion> versions, Language language) {
    Map<Integer, VersionState> states = states(agreement, versions);
    texts.prepareVersions(versions);
    return versions.stream()
        .map(
            version ->
                new VersionEntryView(
                    version.number(),
                    state(states, version),
                    texts.open(version).title(),
                    version.authorId(),
                    version.proposedAt(),
                    Statements.in(language)))
        .toList();
  }

  private Map<Integer, VersionState> states(Agreement agreement, List<AgreementVersion> versions) {
    int from = versions.stream().mapToInt(AgreementVersion::number).min().orElse(0);
    return VersionState.of(agreement, agreements.deeds(agreement, from, clock.instant()));
  }

  private static String state(Map<Integer, VersionState> states, AgreementVersion version) {
    return states.getOrDefault(version.number(), VersionState.NOT_AGREED).wireName();
  }

  /** By lineage, in the order of the version. Who erased what they wrote took it out of it. */
  private Map<UUID, Term> inOrder(Member reader, VersionDocument document) {
    Map<UUID, Term> byId = new HashMap<>();
    if (!document.termIds().isEmpty()) {
      terms
          .of(reader.relationshipId(), document.termIds())
          .forEach(term -> byId.put(term.id(), term));
    }
    Map<UUID, Term> byLineage = new LinkedHashMap<>();
    for (UUID id : document.termIds()) {
      Term term = byId.get(id);
      if (term != null) {
        byLineage.put(term.lineageId(), term);
      }
    }
    return byLineage;
  }

  List<TermView> terms(Member reader, Collection<Term> shown) {
    texts.prepare(shown);
    return said(
        reader,
        shown.stream().map(term -> new Said(term, texts.document(term))).toList(),
        clock.instant());
  }

  /** As they stand at this instant; one query, whatever their number. */
  List<TermView> said(Member reader, List<Said> shown, Instant now) {
    Map<UUID, Own> own = answers.own(reader, shown.stream().map(Said::term).toList());
    return shown.stream()
        .map(said -> TermView.of(said, own.getOrDefault(said.term().id(), Own.NONE), now))
        .toList();
  }

  TermView of(Member reader, Term term) {
    return terms(reader, List.of(term)).getFirst();
  }

  /** These, by their ids; one query, whatever their number. */
  Map<UUID, TermView> byId(Member reader, Stream<Term> shown) {
    return terms(reader, shown.toList()).stream()
        .collect(Collectors.toMap(TermView::id, view -> view));
  }

  /** What became of each clause between two versions, in the order of the later one. */
  List<DifferenceView> differences(
      Member reader, AgreementVersion earlier, AgreementVersion later) {
    Map<UUID, Term> before = inOrder(reader, texts.open(earlier));
    Map<UUID, Term> after = inOrder(reader, texts.open(later));
    before.values().removeIf(Term::isRemoval);
    after.values().removeIf(Term::isRemoval);
    texts.prepare(before.values());
    texts.prepare(after.values());
    List<DifferenceView> differences = new ArrayList<>();
    after.forEach(
        (lineage, term) ->
            differences.add(difference(lineage, before.remove(lineage), term, later.authorId())));
    before.forEach(
        (lineage, term) -> differences.add(difference(lineage, term, null, later.authorId())));
    return differences;
  }

  private DifferenceView difference(
      UUID lineage, @Nullable Term before, @Nullable Term after, UUID author) {
    TermContent earlier = before == null ? null : texts.open(before);
    TermContent later = after == null ? null : texts.open(after);
    if (earlier != null && earlier.equals(later)) {
      TermContentView same = TermContentView.of(earlier);
      return new DifferenceView(lineage, "unchanged", "none", same, same);
    }
    return new DifferenceView(
        lineage,
        earlier == null ? "added" : later == null ? "removed" : "changed",
        Tightening.isTightening(earlier, later, author) ? "tightens" : "loosens",
        earlier == null ? null : TermContentView.of(earlier),
        later == null ? null : TermContentView.of(later));
  }
}
