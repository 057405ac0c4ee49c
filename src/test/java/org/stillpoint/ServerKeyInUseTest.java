package org.stillpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.stillpoint.testkit.StillpointTest;
import org.stillpoint.testkit.Tables;

/** A rotation of the server's key waits for what only the old one opens. */
@StillpointTest
class ServerKeyInUseTest {
  @Test
  void aWebhookThatWasSealedBeforeKeepsTheOldKey() throws SQLException {
    try (Connection connection = Tables.connect();
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      for (String change :
          List.of(
              "update server_key set rotated_at = '2020-01-01Z'",
              "update tap_key set created_at = '2021-01-01Z'",
              "update webhook_endpoint set sealed_at = '2021-01-01Z'")) {
        statement.execute(change);
      }
      assertThat(isInUse(statement)).isFalse();

      statement.execute(
          "insert into webhook_endpoint (client_id, id, carrier, sealed, sealed_at, created_at)"
              + " values ('app', uuidv7(), 'host', '', '2019-12-31Z', '2019-12-31Z')");
      assertThat(isInUse(statement)).isTrue();
      statement.execute("update webhook_endpoint set sealed_at = '2020-01-02Z'");
      assertThat(isInUse(statement)).isFalse();
      connection.rollback();
    }
  }

  private static boolean isInUse(Statement statement) throws SQLException {
    try (ResultSet row = statement.executeQuery(KeyCommands.SERVER_KEY_IN_USE)) {
      row.next();
      return row.getBoolean(1);
    }
  }
}
