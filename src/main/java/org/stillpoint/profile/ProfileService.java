package org.stillpoint.profile;

import static org.stillpoint.profile.ProfileViews.ClearableField.DISPLAY_NAME;
import static org.stillpoint.profile.ProfileViews.ClearableField.PRONOUNS;
import static org.stillpoint.profile.ProfileViews.ClearableField.ROLE_LABEL;

import jakarta.inject.Singleton;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.TypedQuery;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.stillpoint.api.paging.Cursor;
import org.stillpoint.api.paging.Keyset;
import org.stillpoint.api.problem.FieldError;
import org.stillpoint.api.problem.Flaw;
import org.stillpoint.api.problem.HttpProblem;
import org.stillpoint.crypto.SensitiveText;
import org.stillpoint.event.Event;
import org.stillpoint.event.EventType;
import org.stillpoint.event.Outbox;
import org.stillpoint.identity.Caller;
import org.stillpoint.identity.ClientCutOff;
import org.stillpoint.identity.ClientOfMember;
import org.stillpoint.identity.ClientReadmitted;
import org.stillpoint.identity.Profile;
import org.stillpoint.identity.ProfileTexts;
import org.stillpoint.identity.ProfileWords;
import org.stillpoint.profile.ProfileViews.ClearableField;
import org.stillpoint.profile.ProfileViews.RoleLabel;
import org.stillpoint.profile.ProfileViews.UpdateRequest;

/** Changes a member's own things. */
@Singleton
@Transactional(TxType.MANDATORY)
class ProfileService {
  private final EntityManager entities;
  private final ProfileTexts texts;
  private final Outbox outbox;
  private final jakarta.enterprise.event.Event<ClientCutOff> cutOffs;
  private final jakarta.enterprise.event.Event<ClientReadmitted> readmissions;
  private final Clock clock;

  ProfileService(
      EntityManager entities,
      ProfileTexts texts,
      Outbox outbox,
      jakarta.enterprise.event.Event<ClientCutOff> cutOffs,
      jakarta.enterprise.event.Event<ClientReadmitted> readmissions,
      Clock clock) {
    this.entities = entities;
    this.texts = texts;
    this.outbox = outbox;
    this.cutOffs = cutOffs;
    this.readmissions = readmissions;
    this.clock = clock;
  }

  Profile of(Caller caller) {
    return entities.find(Profile.class, caller.memberId());
  }

  /** To be changed: of two apps at once, the second sees the change of the first. */
  Profile lock(Caller caller) {
    return entities.find(Profile.class, caller.memberId(), LockModeType.PESSIMISTIC_WRITE);
  }

  void update(Profile profile, UpdateRequest request) {
    ProfileWords before = texts.open(profile);
    ProfileWords after = changed(before, request);
    if (!after.equals(before)) {
      texts.seal(profile, after);
    }
    if (request.locale() != null) {
      profile.locale(Locale.forLanguageTag(request.locale()));
    }
    if (request.timeZone() != null) {
      profile.timeZone(zone(request.timeZone()));
    }
    entities.flush();
  }

  /** What the member has said, opened. */
  ProfileWords words(Profile profile) {
    return texts.open(profile);
  }

  /** What is said anew outdoes what is taken back. */
  private static ProfileWords changed(ProfileWords before, UpdateRequest request) {
    List<ClearableField> cleared = request.clear() == null ? List.of() : request.clear();
    RoleLabel role = request.roleLabel();
    return new ProfileWords(
        changed(DISPLAY_NAME, before.displayName(), request.displayName(), cleared),
        changed(PRONOUNS, before.pronouns(), request.pronouns(), cleared),
        changed(ROLE_LABEL, before.roleLabel(), role == null ? null : role.text(), cleared));
  }

  private static @Nullable SensitiveText changed(
      ClearableField field,
      @Nullable SensitiveText before,
      @Nullable SensitiveText after,
      List<ClearableField> cleared) {
    if (after != null) {
      return after;
    }
    return cleared.contains(field) ? null : before;
  }

  private static ZoneId zone(String id) {
    try {
      return ZoneId.of(id);
    } catch (DateTimeException unknown) {
      throw HttpProblem.VALIDATION_FAILED
          .exception()
          .withError(FieldError.member("/timeZone", Flaw.NOT_ALLOWED_VALUE));
    }
  }

  Profile attestAdult(Caller caller) {
    Profile profile = lock(caller);
    profile.attestAdult(clock.instant());
    entities.flush();
    return profile;
  }

  Profile consent(Caller caller, String version) {
    Profile profile = lock(caller);
    profile.consent(version, clock.instant());
    entities.flush();
    return profile;
  }

  void withdrawConsent(Caller caller) {
    lock(caller).withdrawConsent();
  }

  /** The first used first. */
  List<ClientOfMember> clients(Caller caller, Cursor.@Nullable ByTime after, int limit) {
    TypedQuery<ClientOfMember> query =
        entities
            .createQuery(
                "from ClientOfMember c where c.memberId = :member"
                    + Keyset.oldestFirst("c.firstUsedAt", "c.id"),
                ClientOfMember.class)
            .setMaxResults(limit);
    Keyset.values(after, Map.of("member", caller.memberId())).forEach(query::setParameter);
    return query.getResultList();
  }

  /** The names of those whose own servers get the member's events. */
  Set<String> clientsWithWebhooks(Caller caller) {
    List<?> names =
        entities
            .createNativeQuery(
                "select client_id from webhook_subscription where member_id = :member",
                String.class)
            .setParameter("member", caller.memberId())
            .getResultList();
    return names.stream().map(String.class::cast).collect(Collectors.toSet());
  }

  /** In force when the request is answered: tokens, tap keys and streams of the app. */
  void cutOff(Caller caller, UUID id) {
    ClientOfMember client = client(caller, id);
    boolean again = client.isCutOff();
    // Real time, as in tokens, also where a sandbox's clock has been moved.
    client.cutOff(Instant.now());
    if (again) {
      return;
    }
    cutOffs.fire(
        new ClientCutOff(
            caller.memberId(), id, client.clientId(), caller.login().clientId(), clock.instant()));
    outbox.add(
        Event.of(
            EventType.CLIENT_CUT_OFF,
            clock.instant(),
            null,
            new Event.Resource("client", id),
            caller.memberId(),
            List.of(caller.memberId())));
  }

  ClientOfMember readmit(Caller caller, UUID id) {
    ClientOfMember client = client(caller, id);
    client.readmit();
    readmissions.fire(new ClientReadmitted(caller.memberId(), id, caller.login().clientId()));
    return client;
  }

  private ClientOfMember client(Caller caller, UUID id) {
    ClientOfMember client =
        entities.find(
            ClientOfMember.class,
            new ClientOfMember.Key(caller.memberId(), id),
            LockModeType.PESSIMISTIC_WRITE);
    if (client == null) {
      throw HttpProblem.NOT_FOUND.exception();
    }
    return client;
  }
}
