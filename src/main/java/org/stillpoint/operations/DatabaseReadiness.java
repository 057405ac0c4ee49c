package org.stillpoint.operations;

import io.agroal.api.AgroalDataSource;
import io.quarkus.agroal.DataSource;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/**
 * Ready while the taps' database answers. That no shutdown is under way is a check of the
 * framework's.
 */
@Readiness
@Singleton
class DatabaseReadiness implements HealthCheck {
  private static final int PATIENCE_SECONDS = 3;

  private final AgroalDataSource database;

  DatabaseReadiness(@DataSource("tap") AgroalDataSource database) {
    this.database = database;
  }

  @Override
  public HealthCheckResponse call() {
    CompletableFuture<Boolean> answer = new CompletableFuture<>();
    // A database that swallows what is sent must not hold up whoever asks.
    Thread.ofVirtual().start(() -> answer.complete(answers()));
    return HealthCheckResponse.named("database")
        .status(answer.completeOnTimeout(false, PATIENCE_SECONDS, TimeUnit.SECONDS).join())
        .build();
  }

  /**
   * On a connection of its own: that all others are busy doesn't mean that the database is away.
   */
  private boolean answers() {
    try {
      return database.isHealthy(true);
    } catch (SQLException | RuntimeException away) {
      return false;
    }
  }
}
