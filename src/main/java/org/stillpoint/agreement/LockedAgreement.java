package org.stillpoint.agreement;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.stillpoint.agreement.TermEngine.Standing;

/**
 * An agreement that nobody else changes now, with what stands of it, read once: a change of one
 * clause may take others along.
 */
final class LockedAgreement {
  private final Agreement agreement;
  private final List<Term> terms;
  private final Function<Term, TermContent> open;
  private final Map<UUID, TermContent> contents = new HashMap<>();

  /**
   * Of an agreement whose row the caller has locked, or made.
   *
   * @param open opens a text
   */
  LockedAgreement(Agreement agreement, List<Term> standing, Function<Term, TermContent> open) {
    this.agreement = agreement;
    this.terms = new ArrayList<>(standing);
    this.open = open;
  }

  Agreement row() {
    return agreement;
  }

  /** What still stands of it, in the order in which it was proposed. */
  List<Term> standing(Instant now) {
    return terms.stream().filter(term -> term.stands(now)).toList();
  }

  /** The clauses of which something stands, by their lineage. */
  Map<UUID, Standing> clauses(Instant now) {
    Map<UUID, Standing> clauses = new LinkedHashMap<>();
    standing(now).stream()
        .collect(Collectors.groupingBy(Term::lineageId, LinkedHashMap::new, Collectors.toList()))
        .forEach((lineage, texts) -> clauses.put(lineage, Standing.of(texts, now)));
    return clauses;
  }

  /** What stands of the clause that a term is a text of. */
  Standing clause(Term term, Instant now) {
    return Standing.of(
        standing(now).stream().filter(other -> other.lineageId().equals(term.lineageId())).toList(),
        now);
  }

  TermContent says(Term term) {
    return contents.computeIfAbsent(term.id(), id -> open.apply(term));
  }

  /** Stands from now on. */
  void add(Term term, TermContent says) {
    terms.add(term);
    contents.put(term.id(), says);
  }
}
