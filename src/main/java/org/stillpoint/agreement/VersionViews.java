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
import org.jspecify.annotations.Nullable;
import org.stillpoint.agreement.AgreementTexts.VersionDocument;
import org.stillpoint.agreement.AgreementViews.DifferenceView;
import org.stillpoint.agreement.AgreementViews.VersionView;
import org.stillpoint.api.language.Language;
import org.stillpoint.relationship.Member;

/** Reads versions and terms as one participant sees them. */
@Singleton
class VersionViews {
  private final TermRepository terms;
  private final TermAnswers answers;
  private final AgreementTexts texts;
  private final Clock clock;

  VersionViews(TermRepository terms, TermAnswers answers, AgreementTexts texts, Clock clock) {
    this.terms = terms;
    this.answers = answers;
    this.texts = texts;
    this.clock = clock;
  }

  /** Two queries, whatever the number of terms. */
  VersionView of(Member reader, AgreementVersion version, Language language) {
    VersionDocument document = texts.open(version);
    return new VersionView(
        version.agreementId(),
        version.number(),
        document.title(),
        version.authorId(),
        version.proposedAt(),
        terms(reader, inOrder(reader, document).values()),
        Statements.in(language));
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
    Map<UUID, Boolean> mine =
        shown.isEmpty() ? Map.of() : answers.mine(reader, shown.stream().map(Term::id).toList());
    Instant now = clock.instant();
    return shown.stream()
        .map(term -> TermView.of(term, texts.document(term), mine.get(term.id()), now))
        .toList();
  }

  TermView of(Member reader, Term term) {
    return terms(reader, List.of(term)).getFirst();
  }

  /** What became of each clause between two versions, in the order of the later one. */
  List<DifferenceView> differences(
      Member reader, AgreementVersion earlier, AgreementVersion later) {
    Map<UUID, Term> before = inOrder(reader, texts.open(earlier));
    Map<UUID, Term> after = inOrder(reader, texts.open(later));
    before.values().removeIf(Term::isRemoval);
    after.values().removeIf(Term::isRemoval);
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
