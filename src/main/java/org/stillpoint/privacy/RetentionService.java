package org.stillpoint.privacy;

import jakarta.inject.Singleton;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import org.jspecify.annotations.Nullable;
import org.stillpoint.identity.Caller;
import org.stillpoint.privacy.RetentionViews.ClearablePeriod;
import org.stillpoint.privacy.RetentionViews.UpdateRequest;

/** What a member has set for how long things are kept. */
@Singleton
@Transactional(TxType.MANDATORY)
class RetentionService {
  private final EntityManager entities;
  private final AccessLog log;

  RetentionService(EntityManager entities, AccessLog log) {
    this.entities = entities;
    this.log = log;
  }

  Retention of(Caller caller) {
    @Nullable Retention own = entities.find(Retention.class, caller.memberId());
    return own == null ? Retention.standard() : own;
  }

  Retention update(Caller caller, UpdateRequest request) {
    Retention own = lock(caller);
    if (request.clear() != null) {
      request.clear().forEach(period -> clear(own, period));
    }
    if (request.noticePayloadHours() != null) {
      own.noticePayloadHours(request.noticePayloadHours());
    }
    if (request.invitationDays() != null) {
      own.invitationDays(request.invitationDays());
    }
    if (request.accessLogDays() != null) {
      own.accessLogDays(request.accessLogDays());
    }
    if (request.pauseEventDays() != null) {
      own.pauseEventDays(request.pauseEventDays());
    }
    if (request.supersededVersionDays() != null) {
      own.supersededVersionDays(request.supersededVersionDays());
    }
    if (request.checkInAnswerDays() != null) {
      own.checkInAnswerDays(request.checkInAnswerDays());
    }
    if (request.reflectionDays() != null) {
      own.reflectionDays(request.reflectionDays());
    }
    log.add(caller, AccessKind.RETENTION_CHANGED, null);
    return own;
  }

  /** Two apps may set it for the first time at once; each then sees what the other has set. */
  private Retention lock(Caller caller) {
    entities
        .createNativeQuery(
            "insert into retention (member_id) values (:member) on conflict do nothing")
        .setParameter("member", caller.memberId())
        .executeUpdate();
    return entities.find(Retention.class, caller.memberId(), LockModeType.PESSIMISTIC_WRITE);
  }

  private static void clear(Retention own, ClearablePeriod period) {
    switch (period) {
      case NOTICE_PAYLOAD_HOURS -> own.noticePayloadHours(null);
      case INVITATION_DAYS -> own.invitationDays(null);
      case ACCESS_LOG_DAYS -> own.accessLogDays(null);
      case PAUSE_EVENT_DAYS -> own.pauseEventDays(null);
      case SUPERSEDED_VERSION_DAYS -> own.supersededVersionDays(null);
      case CHECK_IN_ANSWER_DAYS -> own.checkInAnswerDays(null);
      case REFLECTION_DAYS -> own.reflectionDays(null);
    }
  }
}
