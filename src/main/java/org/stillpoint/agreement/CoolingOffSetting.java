package org.stillpoint.agreement;

import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.stillpoint.agreement.SingleTerms.Single;
import org.stillpoint.crypto.SensitiveText;
import org.stillpoint.relationship.Member;

/** One setting for the members who belong now: anyone makes it longer, shorter takes all. */
@Singleton
@Transactional(TxType.MANDATORY)
class CoolingOffSetting {
  private static final int ALL = 100;

  private final SingleTerms singles;

  CoolingOffSetting(SingleTerms singles) {
    this.singles = singles;
  }

  /** Null while nobody has set one for exactly these members. */
  @Nullable Single of(Member member) {
    Set<UUID> members = new HashSet<>(member.all());
    return singles.list(member, AgreementKind.COOLING_OFF, null, ALL).stream()
        .filter(single -> members.equals(new HashSet<>(single.agreement().memberIds())))
        .findFirst()
        .orElse(null);
  }

  /** The caller has locked the relationship, so that there is one setting. */
  Single set(Member member, Consumer<@Nullable Single> requireSeen, long seconds) {
    Single before = of(member);
    requireSeen.accept(before);
    TermContent after = content(member.all(), seconds);
    return before == null
        ? singles.create(AgreementKind.COOLING_OFF, member, member.all(), after)
        : singles.change(
            member,
            AgreementKind.COOLING_OFF,
            before.agreement().id(),
            seen -> {},
            content -> after);
  }

  private static TermContent content(List<UUID> members, long seconds) {
    return new TermContent(
        TermKind.COOLING_OFF,
        TermDomain.TIME,
        TermPolarity.FORBIDS,
        null,
        members,
        List.of(),
        List.of(),
        null,
        null,
        null,
        SensitiveText.of(""),
        null,
        seconds);
  }
}
