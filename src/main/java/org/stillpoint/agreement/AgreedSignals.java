package org.stillpoint.agreement;

import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.stillpoint.agreement.SingleTerms.Single;
import org.stillpoint.api.language.Language;
import org.stillpoint.crypto.SensitiveText;
import org.stillpoint.relationship.DefaultSignals;
import org.stillpoint.relationship.Member;

/**
 * Signals beside the default set. Whoever adds one, or makes one stronger, does so alone: it is one
 * more way to stop. To weaken one or to let it go takes all. Phones show its discreet text only
 * once all have said yes to it.
 */
@Singleton
@Transactional(TxType.MANDATORY)
class AgreedSignals {
  /** Of those that one member sees, when another one is added. */
  private static final int AT_MOST = 20;

  /** Among twelve there may be more, since not all were there from the first. */
  static final int ALL = 12 * AT_MOST;

  private final SingleTerms singles;
  private final TermRepository terms;
  private final AgreementTexts texts;
  private final Clock clock;

  AgreedSignals(SingleTerms singles, TermRepository terms, AgreementTexts texts, Clock clock) {
    this.singles = singles;
    this.terms = terms;
    this.texts = texts;
    this.clock = clock;
  }

  /** The same sign for a pause that is not weaker, shown by the same text. */
  static boolean isTightening(@Nullable TermContent before, TermContent after) {
    if (before == null) {
      return true;
    }
    SignalContent was = signal(before);
    SignalContent is = signal(after);
    return before.text().equals(after.text())
        && before.memberIds().equals(after.memberIds())
        && was.form() == is.form()
        && Objects.equals(was.discreetText(), is.discreetText())
        && is.kind().compareTo(was.kind()) >= 0;
  }

  static SignalContent signal(TermContent content) {
    SignalContent signal = content.signal();
    if (signal == null) {
      throw new IllegalStateException("A signal that says nothing");
    }
    return signal;
  }

  /** With all current members. */
  Single add(Member maker, SensitiveText sign, SignalContent signal) {
    Instant now = clock.instant();
    if (terms.standing(maker.relationshipId(), AgreementKind.SIGNAL, now).size() >= AT_MOST) {
      throw AgreementProblem.TOO_MANY_SIGNALS.exception();
    }
    requireNotStronger(maker, sign, signal, null);
    return singles.create(
        AgreementKind.SIGNAL, maker, maker.all(), content(maker.all(), sign, signal));
  }

  /** A word that means stop goes on to mean at least that, whoever adds it once more. */
  private void requireNotStronger(
      Member member, SensitiveText sign, SignalContent signal, @Nullable UUID changed) {
    Instant now = clock.instant();
    boolean ofDefault =
        Arrays.stream(Language.values())
            .flatMap(language -> DefaultSignals.in(language).stream())
            .filter(known -> sign.isLike(SensitiveText.of(known.word())))
            .anyMatch(known -> isWeaker(signal.kind(), kind(known.kind())));
    boolean ofAgreed =
        texts
            .open(
                terms.standing(member.relationshipId(), AgreementKind.SIGNAL, now).stream()
                    .filter(term -> term.state(now) == TermState.ACTIVE)
                    .filter(term -> !term.agreementId().equals(changed))
                    .toList())
            .stream()
            .filter(known -> sign.isLike(known.text()))
            .anyMatch(known -> isWeaker(signal.kind(), signal(known).kind()));
    if (ofDefault || ofAgreed) {
      throw AgreementProblem.SIGNAL_KNOWN.exception();
    }
  }

  private static boolean isWeaker(SignalKind one, SignalKind other) {
    return one.compareTo(other) < 0;
  }

  private static SignalKind kind(String wireName) {
    return Arrays.stream(SignalKind.values())
        .filter(kind -> WireName.of(kind).equals(wireName))
        .findFirst()
        .orElseThrow();
  }

  /** Stronger acts at once, anything else is proposed to all. */
  Single change(
      Member member,
      UUID id,
      Consumer<Single> requireSeen,
      SensitiveText sign,
      SignalContent signal) {
    return singles.change(
        member,
        AgreementKind.SIGNAL,
        id,
        requireSeen,
        before -> {
          requireNotStronger(member, sign, signal, id);
          return content(before == null ? member.all() : before.memberIds(), sign, signal);
        });
  }

  /** Proposes to all that it goes. */
  Single drop(Member member, UUID id, Consumer<Single> requireSeen) {
    return singles.change(member, AgreementKind.SIGNAL, id, requireSeen, before -> null);
  }

  private static TermContent content(List<UUID> members, SensitiveText sign, SignalContent signal) {
    return new TermContent(
        TermKind.SIGNAL,
        TermDomain.COMMUNICATION,
        TermPolarity.FORBIDS,
        null,
        members,
        List.of(),
        List.of(),
        null,
        null,
        null,
        sign,
        signal,
        null);
  }

  /** What the phone of one member shows for another's pause, where both have agreed on a text. */
  Optional<DiscreetText> discreetText(UUID relationshipId, UUID one, UUID other, SignalKind kind) {
    Instant now = clock.instant();
    return terms.standing(relationshipId, AgreementKind.SIGNAL, now).stream()
        .filter(term -> term.state(now) == TermState.ACTIVE)
        .filter(term -> term.assentedBy().containsAll(List.of(one, other)))
        .filter(term -> term.assentedBy().containsAll(term.memberIds()))
        .sorted(Comparator.comparing(Term::proposedAt).reversed())
        .map(term -> signal(texts.open(term)))
        .filter(signal -> signal.kind() == kind)
        .map(SignalContent::discreetText)
        .filter(Objects::nonNull)
        .findFirst();
  }
}
