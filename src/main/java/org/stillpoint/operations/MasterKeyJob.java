package org.stillpoint.operations;

import io.agroal.api.AgroalDataSource;
import io.quarkus.agroal.DataSource;
import io.quarkus.runtime.Startup;
import jakarta.inject.Singleton;
import java.time.Clock;
import org.jboss.logging.Logger;
import org.stillpoint.crypto.KeysConfig;
import org.stillpoint.crypto.MasterKeyRotation;
import org.stillpoint.crypto.MasterKeyRotation.Outcome;
import org.stillpoint.crypto.MasterKeys;
import org.stillpoint.time.Rounds;

/**
 * Rotates the master keys once a day where their file can be written; elsewhere the operator does.
 * It refuses a start without a master key that a part of the data needs.
 */
@Startup
@Singleton
class MasterKeyJob {
  private static final Logger LOG = Logger.getLogger(MasterKeyJob.class);

  private final MasterKeyRotation rotation;

  MasterKeyJob(
      @DataSource("worker") AgroalDataSource database,
      MasterKeys masterKeys,
      KeysConfig config,
      Clock clock,
      Rounds rounds) {
    this.rotation = new MasterKeyRotation(database, masterKeys, config.destroyedAfter(), clock);
    rotation.check();
    rounds.every(config.look(), "master-keys", this::rotateIfWritable);
  }

  private void rotateIfWritable() {
    if (rotation.isWritable()) {
      report(rotation.rotate());
    }
  }

  private static void report(Outcome done) {
    if (done.wrapped() > 0 || !done.destroyed().isEmpty()) {
      LOG.infof(
          "The master keys were rotated: %d keys wrapped anew, %d master keys destroyed",
          done.wrapped(), done.destroyed().size());
    }
    if (done.unreadable() > 0) {
      LOG.errorf("%d keys open with none of the master keys", done.unreadable());
    }
  }
}
