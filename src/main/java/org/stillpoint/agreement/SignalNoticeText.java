package org.stillpoint.agreement;

import io.agroal.api.AgroalDataSource;
import io.quarkus.agroal.DataSource;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jboss.logging.Logger;
import org.stillpoint.api.language.Language;
import org.stillpoint.api.language.Languages;
import org.stillpoint.event.Announced;
import org.stillpoint.event.EventType;
import org.stillpoint.event.NoticeText;
import org.stillpoint.relationship.DefaultSignals;
import org.stillpoint.transaction.MemberTransactions;

/** A pause is told with its signal's agreed discreet text, or that of the default set. */
@Singleton
class SignalNoticeText implements NoticeText {
  private static final Logger LOG = Logger.getLogger(SignalNoticeText.class);

  private static final Set<String> TYPES =
      Set.of(EventType.PAUSE_RAISED.wireName(), EventType.PAUSE_STRENGTHENED.wireName());

  private static final String PAUSE =
      """
      select p.kind, p.raiser_id, exists (select from agreement a
        where a.relationship_id = p.relationship_id and a.kind = 'SIGNAL')
      from pause p where p.relationship_id = ? and p.id = ?
      """;

  private final AgroalDataSource database;
  private final MemberTransactions transactions;
  private final AgreedSignals signals;

  SignalNoticeText(
      @DataSource("delivery") AgroalDataSource database,
      MemberTransactions transactions,
      AgreedSignals signals) {
    this.database = database;
    this.transactions = transactions;
    this.signals = signals;
  }

  @Override
  public Optional<String> of(Announced event, Locale locale) {
    UUID relationshipId = event.relationshipId();
    if (relationshipId == null || !TYPES.contains(event.type())) {
      return Optional.empty();
    }
    Language language = Languages.of(locale.toLanguageTag());
    return raised(relationshipId, event.resource().id())
        .map(pause -> text(pause, relationshipId, event.recipient(), language));
  }

  private String text(Raised pause, UUID relationshipId, UUID recipient, Language language) {
    Optional<DiscreetText> agreed =
        pause.hasSignals()
            ? agreed(relationshipId, recipient, pause.raiserId(), pause.kind())
            : Optional.empty();
    return agreed
        .map(text -> text.in(language))
        .orElseGet(() -> DefaultSignals.discreetText(WireName.of(pause.kind()), language));
  }

  private record Raised(SignalKind kind, UUID raiserId, boolean hasSignals) {}

  private Optional<Raised> raised(UUID relationshipId, UUID pauseId) {
    try (Connection connection = database.getConnection();
        PreparedStatement statement = connection.prepareStatement(PAUSE)) {
      statement.setObject(1, relationshipId);
      statement.setObject(2, pauseId);
      try (ResultSet row = statement.executeQuery()) {
        return row.next()
            ? Optional.of(
                new Raised(
                    SignalKind.of(row.getShort(1)),
                    row.getObject(2, UUID.class),
                    row.getBoolean(3)))
            : Optional.empty();
      }
    } catch (SQLException e) {
      throw new IllegalStateException("The notice can't be written", e);
    }
  }

  /** Read as the recipient. Whatever fails here, the phone rings. */
  private Optional<DiscreetText> agreed(
      UUID relationshipId, UUID recipient, UUID raiser, SignalKind kind) {
    try {
      return transactions.call(
          recipient, true, () -> signals.discreetText(relationshipId, recipient, raiser, kind));
    } catch (RuntimeException e) {
      LOG.warnf("Agreed signals can't be read: %s", e.getClass().getName());
      return Optional.empty();
    }
  }
}
