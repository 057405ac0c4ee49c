package org.stillpoint.delivery;

import io.agroal.api.AgroalDataSource;
import io.quarkus.agroal.DataSource;
import io.quarkus.arc.All;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.ResourceBundle;
import org.stillpoint.api.language.Languages;
import org.stillpoint.event.Announced;
import org.stillpoint.event.NoticeText;

/** What a phone shows: a feature's own text, or the one of the neutral list (S30). */
@Singleton
class NoticeTexts {
  private final List<NoticeText> sources;
  private final AgroalDataSource database;

  NoticeTexts(@All List<NoticeText> sources, @DataSource("worker") AgroalDataSource database) {
    this.sources = sources;
    this.database = database;
  }

  /** The text of this event for a recipient of this language. */
  String of(Announced event, Locale locale) {
    Locale ours = Languages.of(locale.toLanguageTag()).locale();
    try (Connection connection = database.getConnection()) {
      for (NoticeText source : sources) {
        Optional<String> text = source.of(event, ours, connection);
        if (text.isPresent()) {
          return text.get();
        }
      }
    } catch (SQLException e) {
      throw new IllegalStateException("The notice can't be written", e);
    }
    return ResourceBundle.getBundle(
            "notices",
            ours,
            ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES))
        .getString("notice");
  }
}
