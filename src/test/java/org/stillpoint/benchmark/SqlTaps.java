package org.stillpoint.benchmark;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Instant;
import org.stillpoint.pause.PlainTaps;
import org.stillpoint.process.Tokens;

/** Taps without the application: the limit. */
final class SqlTaps implements Taps {
  private static final int CONNECTIONS = Integer.getInteger("benchmark.connections", 16);

  private final PlainTaps plain;
  private final Instant login;

  SqlTaps(Installation installation) throws IOException, SQLException {
    this.plain =
        new PlainTaps(
            installation.databaseUrl(),
            "stillpoint_owner",
            installation.password("owner"),
            CONNECTIONS);
    this.login = installation.login();
  }

  @Override
  public void tap(int sender, int relationship) throws SQLException, InterruptedException {
    plain.tap(World.relationship(relationship), World.sender(sender), Tokens.CLIENT, login);
  }

  @Override
  public void close() throws SQLException {
    plain.close();
  }
}
