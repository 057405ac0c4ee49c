package org.stillpoint.agreement;

import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.stillpoint.crypto.SealedText;
import org.stillpoint.crypto.SensitiveText;
import org.stillpoint.crypto.Texts;

/** Opens limits and seals them, each under the key of its holder. */
@Singleton
class LimitTexts {
  private static final String EASING = "easing_";

  private final Texts texts;

  LimitTexts(Texts texts) {
    this.texts = texts;
  }

  /** As they are at this time; the keys of all holders are got in one go. */
  List<LimitState> open(List<Limit> limits, Instant now) {
    texts.prepare(limits.stream().map(Limit::holderId).toList());
    return limits.stream().map(limit -> open(limit, now)).toList();
  }

  LimitState open(Limit limit, Instant now) {
    Limit.Content waiting = limit.easing();
    LimitContent easing = waiting == null ? null : content(limit, waiting, EASING);
    if (easing != null && limit.isEased(now)) {
      return new LimitState(limit, now, easing, null);
    }
    Instant at = limit.easingAt();
    LimitContent content = content(limit, limit.content(), "");
    return new LimitState(limit, now, content, at == null ? null : new LimitEasing(at, easing));
  }

  private LimitContent content(Limit limit, Limit.Content sealed, String prefix) {
    SensitiveText activities = texts.open(sealed.activities(), limit.place(prefix + "activities"));
    return new LimitContent(
        sealed.strength(),
        sealed.category(),
        sealed.domain(),
        Objects.requireNonNull(activities).lines(),
        texts.open(sealed.text(), limit.place(prefix + "text")));
  }

  /** Replaces all that the limit says. */
  void seal(Limit limit, LimitContent content, @Nullable LimitEasing easing) {
    limit.content(sealed(limit, content, ""));
    LimitContent later = easing == null ? null : easing.content();
    limit.easing(
        easing == null ? null : easing.at(), later == null ? null : sealed(limit, later, EASING));
  }

  private Limit.Content sealed(Limit limit, LimitContent content, String prefix) {
    SealedText activities =
        texts.seal(SensitiveText.ofLines(content.activities()), limit.place(prefix + "activities"));
    return new Limit.Content(
        content.strength(),
        content.category(),
        content.domain(),
        Objects.requireNonNull(activities),
        texts.seal(content.text(), limit.place(prefix + "text")));
  }
}
