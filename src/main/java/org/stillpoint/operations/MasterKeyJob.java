package org.stillpoint.operations;

import io.agroal.api.AgroalDataSource;
import io.quarkus.agroal.DataSource;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.stillpoint.crypto.KeysConfig;
import org.stillpoint.crypto.MasterKeyRotation;
import org.stillpoint.crypto.MasterKeyRotation.Outcome;
import org.stillpoint.crypto.MasterKeys;

/**
 * Rotates the master keys once a day where their file can be written; elsewhere the operator does.
 * It refuses a start without a master key that a part of the data needs.
 */
@Startup
@Singleton
class MasterKeyJob {
  private static final Logger LOG = Logger.getLogger(MasterKeyJob.class);

  private final MasterKeyRotation rotation;
  private final KeysConfig config;
  private final CountDownLatch ended = new CountDownLatch(1);

  MasterKeyJob(
      @DataSource("worker") AgroalDataSource database,
      MasterKeys masterKeys,
      KeysConfig config,
      Clock clock) {
    this.rotation = new MasterKeyRotation(database, masterKeys, config.destroyedAfter(), clock);
    this.config = config;
    rotation.check();
    Thread.ofVirtual().name("master-keys").start(this::run);
  }

  private void run() {
    try {
      while (!ended.await(config.look().toMillis(), TimeUnit.MILLISECONDS)) {
        rotateIfWritable();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void rotateIfWritable() {
    try {
      if (rotation.isWritable()) {
        report(rotation.rotate());
      }
    } catch (RuntimeException e) {
      LOG.warnf("The rotation of the master keys waits: %s", e.getClass().getName());
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

  void onShutdown(@Observes ShutdownEvent event) {
    ended.countDown();
  }
}
