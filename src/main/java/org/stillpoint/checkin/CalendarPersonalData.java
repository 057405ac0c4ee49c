package org.stillpoint.checkin;

import jakarta.inject.Singleton;
import java.util.List;
import java.util.UUID;
import org.stillpoint.crypto.Texts;
import org.stillpoint.privacy.spi.ExportDocument;
import org.stillpoint.privacy.spi.ExportDraft;
import org.stillpoint.privacy.spi.PersonalDataSource;

/**
 * A member's calendar feeds, without their secrets, of which nobody has more than the hash; and
 * when the member is reminded.
 */
@Singleton
class CalendarPersonalData implements PersonalDataSource {
  private final CalendarFeedRepository feeds;
  private final Reminders reminders;
  private final Texts texts;

  CalendarPersonalData(CalendarFeedRepository feeds, Reminders reminders, Texts texts) {
    this.feeds = feeds;
    this.reminders = reminders;
    this.texts = texts;
  }

  @Override
  public void export(UUID memberId, ExportDraft copy) {
    copy.add(
        feeds.of(memberId, null, CalendarFeedService.MOST_FEEDS).stream()
            .map(
                feed ->
                    new ExportDocument.CalendarFeed(
                        feed.id(),
                        texts.open(feed.label(), feed.place()),
                        feed.clientId(),
                        feed.createdAt()))
            .toList());
    copy.add(List.of(new ExportDocument.CheckInReminders(reminders.of(memberId))));
  }
}
