package org.stillpoint.pause;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.stillpoint.api.language.Languages;
import org.stillpoint.event.Announced;
import org.stillpoint.event.EventType;
import org.stillpoint.event.NoticeText;

/** A pause is told with its signal's agreed discreet text. */
@Singleton
class PauseNoticeText implements NoticeText {
  private static final Set<String> TYPES =
      Set.of(EventType.PAUSE_RAISED.wireName(), EventType.PAUSE_STRENGTHENED.wireName());

  @Override
  public Optional<String> of(Announced event, Locale locale, Connection database)
      throws SQLException {
    if (!TYPES.contains(event.type())) {
      return Optional.empty();
    }
    try (PreparedStatement statement =
        database.prepareStatement("select kind from pause where relationship_id = ? and id = ?")) {
      statement.setObject(1, event.relationshipId());
      statement.setObject(2, event.resource().id());
      try (ResultSet row = statement.executeQuery()) {
        return row.next()
            ? Optional.of(
                Signals.discreetText(
                    PauseKind.of(row.getShort(1)), Languages.of(locale.toLanguageTag())))
            : Optional.empty();
      }
    }
  }
}
