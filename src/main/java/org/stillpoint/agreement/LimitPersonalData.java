package org.stillpoint.agreement;

import jakarta.inject.Singleton;
import jakarta.persistence.EntityManager;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.stillpoint.privacy.spi.ExportDocument;
import org.stillpoint.privacy.spi.ExportDraft;
import org.stillpoint.privacy.spi.PersonalDataSource;

/** A member's own limits. Leaving a relationship has ended those there. */
@Singleton
class LimitPersonalData implements PersonalDataSource {
  private final EntityManager entities;
  private final LimitTexts texts;
  private final Clock clock;

  LimitPersonalData(EntityManager entities, LimitTexts texts, Clock clock) {
    this.entities = entities;
    this.texts = texts;
    this.clock = clock;
  }

  @Override
  public void export(UUID memberId, ExportDraft copy) {
    Instant now = clock.instant();
    List<Limit> own =
        entities
            .createQuery(
                "from MemberLimit l where l.holderId = :member"
                    + " and (l.easingEnds = false or l.easingAt > :now) order by l.drawnAt, l.id",
                Limit.class)
            .setParameter("member", memberId)
            .setParameter("now", now)
            .getResultList();
    copy.add(texts.open(own, now).stream().map(LimitPersonalData::copy).toList());
  }

  private static ExportDocument.Limit copy(LimitState limit) {
    return new ExportDocument.Limit(
        limit.limit().relationshipId(),
        limit.id(),
        copy(limit.content()),
        limit.drawnAt(),
        limit.changedAt(),
        copy(limit.easing()));
  }

  private static ExportDocument.LimitContent copy(LimitContent content) {
    return new ExportDocument.LimitContent(
        LimitViews.wireName(content.strength()),
        LimitViews.wireName(content.category()),
        LimitViews.wireName(content.domain()),
        content.activities(),
        content.text());
  }

  private static ExportDocument.@Nullable LimitEasing copy(@Nullable LimitEasing easing) {
    if (easing == null) {
      return null;
    }
    LimitContent content = easing.content();
    return new ExportDocument.LimitEasing(easing.at(), content == null ? null : copy(content));
  }
}
