package org.stillpoint.checkin;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.time.Clock;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.stillpoint.api.paging.Cursor;
import org.stillpoint.api.problem.HttpProblem;
import org.stillpoint.crypto.RandomSecret;
import org.stillpoint.crypto.SensitiveText;
import org.stillpoint.crypto.Texts;
import org.stillpoint.identity.Caller;
import org.stillpoint.identity.ClientCutOff;

/** Makes, lists and revokes the feeds of a member. */
@Singleton
@Transactional(TxType.MANDATORY)
class CalendarFeedService {
  static final int MOST_FEEDS = 20;

  /** As whoever brings it writes it: in hexadecimal, which every calendar program leaves alone. */
  static final int SECRET_BYTES = 20;

  private final CalendarFeedRepository feeds;
  private final Texts texts;
  private final Clock clock;

  CalendarFeedService(CalendarFeedRepository feeds, Texts texts, Clock clock) {
    this.feeds = feeds;
    this.texts = texts;
    this.clock = clock;
  }

  /** A feed with its secret, which nobody can read a second time. */
  record Made(CalendarFeed feed, String secret) {}

  /** A feed with its owner's name for it. */
  record Listed(CalendarFeed feed, @Nullable SensitiveText label) {}

  Made create(Caller caller, @Nullable SensitiveText label) {
    if (feeds.lockAndCount(caller.memberId()) >= MOST_FEEDS) {
      throw CheckInProblem.TOO_MANY_CALENDARS.exception();
    }
    byte[] secret = RandomSecret.bytes(SECRET_BYTES);
    CalendarFeed feed =
        CalendarFeed.create(
            caller.memberId(),
            caller.login().clientId(),
            RandomSecret.hash(secret),
            clock.instant());
    feed.label(texts.seal(label, feed.place()));
    feeds.persist(feed);
    return new Made(feed, HexFormat.of().formatHex(secret));
  }

  List<Listed> list(Caller caller, Cursor.@Nullable ByTime after, int limit) {
    return feeds.of(caller.memberId(), after, limit).stream()
        .map(feed -> new Listed(feed, texts.open(feed.label(), feed.place())))
        .toList();
  }

  /** Revokes a feed of one's own, at once. */
  void revoke(Caller caller, UUID id) {
    if (!feeds.deleteById(new CalendarFeed.Key(caller.memberId(), id))) {
      throw HttpProblem.NOT_FOUND.exception();
    }
  }

  void onClientCutOff(@Observes ClientCutOff cutOff) {
    feeds.deleteAllOfClient(cutOff.memberId(), cutOff.clientId());
  }
}
