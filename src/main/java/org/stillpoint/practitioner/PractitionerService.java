package org.stillpoint.practitioner;

import jakarta.inject.Singleton;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.stillpoint.api.problem.HttpProblem;
import org.stillpoint.api.ratelimit.RateLimits;
import org.stillpoint.crypto.SealedText;
import org.stillpoint.crypto.SensitiveText;
import org.stillpoint.crypto.Texts;
import org.stillpoint.identity.Caller;
import org.stillpoint.practitioner.PractitionerViews.RegisterRequest;
import org.stillpoint.relationship.AdultRule;
import org.stillpoint.relationship.InvitationCode;

/** Who somebody is as a practitioner, and the codes that lead to it. */
@Singleton
@Transactional(TxType.MANDATORY)
class PractitionerService {
  private final EntityManager entities;
  private final Texts texts;
  private final AdultRule adults;
  private final RateLimits limits;
  private final Clock clock;

  PractitionerService(
      EntityManager entities, Texts texts, AdultRule adults, RateLimits limits, Clock clock) {
    this.entities = entities;
    this.texts = texts;
    this.adults = adults;
    this.limits = limits;
    this.clock = clock;
  }

  /** A practitioner with what is said. */
  record Profile(
      Practitioner row, SensitiveText displayName, SensitiveText work, SensitiveText policyText) {}

  /** A code, which nobody can read a second time. */
  record MadeCode(InvitationCode code, Instant expiresAt) {}

  Profile of(Caller caller) {
    return own(caller.memberId()).map(this::open).orElseThrow(HttpProblem.NOT_FOUND::exception);
  }

  Optional<Practitioner> own(UUID memberId) {
    return Optional.ofNullable(entities.find(Practitioner.class, memberId));
  }

  /** Says all of it, at first or anew: whoever has said yes to other words is asked again (S27). */
  Profile register(Caller caller, RegisterRequest said) {
    adults.require(caller);
    Practitioner before = lock(caller);
    Practitioner row =
        before == null ? Practitioner.register(caller.memberId(), clock.instant()) : before;
    row.speak(said.languages().stream().distinct().toList());
    if (before == null || !saysTheSame(open(before), said)) {
      row.begin(UUID.randomUUID());
      row.say(
          seal(row, "display_name", said.displayName()),
          seal(row, "work", said.work()),
          said.secretsPolicy(),
          seal(row, "policy_text", said.secretsPolicyText()));
    }
    if (before == null) {
      entities.persist(row);
    }
    entities.flush();
    return open(row);
  }

  private @Nullable Practitioner lock(Caller caller) {
    return entities.find(Practitioner.class, caller.memberId(), LockModeType.PESSIMISTIC_WRITE);
  }

  private static boolean saysTheSame(Profile before, RegisterRequest said) {
    return before.displayName().equals(said.displayName())
        && before.work().equals(said.work())
        && before.row().secretsPolicy() == said.secretsPolicy()
        && before.policyText().equals(said.secretsPolicyText());
  }

  private SealedText seal(Practitioner row, String column, SensitiveText text) {
    return Objects.requireNonNull(texts.seal(text, row.place(column)));
  }

  /** Makes a code in the place of the one before. */
  MadeCode makeCode(Caller caller) {
    Practitioner row = lock(caller);
    if (row == null) {
      throw PractitionerProblem.NOT_REGISTERED.exception();
    }
    InvitationCode code = InvitationCode.random();
    Instant expiresAt = clock.instant().plus(Practitioner.CODE_LIFETIME);
    row.give(code, caller.login().clientId(), expiresAt);
    return new MadeCode(code, expiresAt);
  }

  /** To whom a code leads. */
  Profile find(Caller caller, InvitationCode code) {
    limits.spendCode(caller.memberId());
    List<?> found =
        entities
            .createNativeQuery("select * from find_practitioner(:code, :now)", Practitioner.class)
            .setParameter("code", code.hashFor(Practitioner.CODE))
            .setParameter("now", clock.instant())
            .getResultList();
    if (found.isEmpty()) {
      throw PractitionerProblem.PRACTITIONER_CODE_INVALID.exception();
    }
    return open((Practitioner) found.getFirst());
  }

  /** Those of them who are named in grants that the caller sees. */
  Map<UUID, Profile> shown(Collection<UUID> ids) {
    if (ids.isEmpty()) {
      return Map.of();
    }
    List<?> found =
        entities
            .createNativeQuery(
                "select * from shown_practitioners(cast(:ids as uuid[]))", Practitioner.class)
            .setParameter(
                "ids", ids.stream().map(UUID::toString).collect(Collectors.joining(",", "{", "}")))
            .getResultList();
    List<Practitioner> rows = found.stream().map(Practitioner.class::cast).toList();
    texts.prepare(rows.stream().map(Practitioner::memberId).toList());
    return rows.stream().collect(Collectors.toMap(Practitioner::memberId, this::open));
  }

  /** With what is said. */
  Profile open(Practitioner row) {
    return new Profile(
        row,
        open(row, "display_name", row.displayName()),
        open(row, "work", row.work()),
        open(row, "policy_text", row.policyText()));
  }

  private SensitiveText open(Practitioner row, String column, SealedText sealed) {
    return Objects.requireNonNull(texts.open(sealed, row.place(column)));
  }
}
