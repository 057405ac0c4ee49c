package org.stillpoint;

import io.quarkus.runtime.configuration.DurationConverter;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;
import org.stillpoint.agreement.AgreementDraft;
import org.stillpoint.agreement.AgreementVersion;
import org.stillpoint.agreement.Limit;
import org.stillpoint.agreement.Term;
import org.stillpoint.checkin.AgendaProposal;
import org.stillpoint.checkin.CalendarFeed;
import org.stillpoint.checkin.CheckInAnswer;
import org.stillpoint.checkin.CheckInItem;
import org.stillpoint.checkin.CheckInSeriesItem;
import org.stillpoint.checkin.Decision;
import org.stillpoint.checkin.Guest;
import org.stillpoint.contact.Contact;
import org.stillpoint.crypto.DataKeyRotation;
import org.stillpoint.crypto.MasterKeyRotation;
import org.stillpoint.crypto.MasterKeys;
import org.stillpoint.crypto.SealedTable;
import org.stillpoint.database.RunningPostgres;
import org.stillpoint.device.Device;
import org.stillpoint.identity.Profile;
import org.stillpoint.pause.TapKey;
import org.stillpoint.practitioner.Practitioner;
import org.stillpoint.privacy.ExportContent;
import org.stillpoint.reflection.PracticeSnapshot;
import org.stillpoint.reflection.PromptAssignment;
import org.stillpoint.reflection.Reflection;
import org.stillpoint.reflection.Snapshot;
import org.stillpoint.reflection.SuggestedPrompts;
import org.stillpoint.time.ProductClock;

/**
 * The commands about keys. They work beside the server that runs, with its settings and on its
 * database, and end with a sentence about what they did.
 */
final class KeyCommands {
  private static final String MASTER_KEY = "rotate-master-key";
  private static final String DATA_KEYS = "rotate-data-keys";

  /** All tables with sealed texts. */
  static final List<SealedTable> SEALED =
      List.of(
          Profile.SEALED,
          TapKey.SEALED,
          Limit.SEALED,
          AgreementDraft.SEALED,
          AgreementVersion.SEALED,
          Term.SEALED,
          CheckInItem.SEALED,
          CheckInSeriesItem.SEALED,
          CheckInAnswer.SEALED,
          CalendarFeed.SEALED,
          Decision.SEALED,
          Guest.SEALED,
          Reflection.SEALED,
          Snapshot.SEALED,
          SuggestedPrompts.SEALED,
          Practitioner.SEALED,
          PracticeSnapshot.SEALED,
          PromptAssignment.SEALED,
          AgendaProposal.SEALED,
          Device.SEALED,
          Contact.SEALED,
          ExportContent.SEALED);

  /**
   * Answers are replayed for a day, tap keys work until they are revoked, and webhooks are sealed
   * anew when they are used.
   */
  static final String SERVER_KEY_IN_USE =
      """
      select coalesce(bool_or(
        s.rotated_at > now() - interval '2 days' or exists (
          select from tap_key t
          where t.revoked_at is null and t.created_at < s.rotated_at + interval '5 minutes')
        or exists (
          select from webhook_endpoint w
          where w.sealed_at < s.rotated_at + interval '5 minutes')), false)
      from server_key s
      """;

  /** As long as the settings of the connections let a transaction last, and a little more. */
  private static final Duration LONGEST_TRANSACTION = Duration.ofSeconds(11);

  private static final Duration LONGEST_MEMORY = Duration.ofSeconds(60);

  private final StartSettings settings;
  private final Clock clock = ProductClock.real();

  private KeyCommands(StartSettings settings) {
    this.settings = settings;
  }

  static boolean knows(String[] args) {
    return args.length == 1 && (args[0].equals(MASTER_KEY) || args[0].equals(DATA_KEYS));
  }

  static String run(String[] args, StartSettings settings) throws InterruptedException {
    KeyCommands commands = new KeyCommands(settings);
    return args[0].equals(MASTER_KEY) ? commands.rotateMasterKey() : commands.rotateDataKeys();
  }

  private String rotateMasterKey() {
    MasterKeys masterKeys = masterKeys();
    Duration destroyedAfter =
        settings
            .keys("destroyed-after")
            .map(DurationConverter::parseDuration)
            .orElse(Duration.ofDays(30));
    var done =
        new MasterKeyRotation(database("worker"), masterKeys, destroyedAfter, clock).rotate();
    if (done.busy()) {
      return "Another rotation is under way; this one did nothing.";
    }
    List<String> said = new ArrayList<>();
    said.add(done.added() ? "The day's master key was made" : "No new master key was made");
    said.add(done.wrapped() + " keys were wrapped anew");
    said.add(done.destroyed().size() + " master keys were destroyed");
    if (done.unreadable() > 0) {
      said.add(done.unreadable() + " keys open with none of them");
    }
    if (!done.due().isEmpty()) {
      said.add("remove these from the file, which can't be written: " + done.due());
    }
    return String.join("; ", said) + ".";
  }

  private String rotateDataKeys() throws InterruptedException {
    Duration remembered =
        settings.keys("remembered").map(DurationConverter::parseDuration).orElse(LONGEST_MEMORY);
    var waits =
        new DataKeyRotation.Waits(
            remembered.compareTo(LONGEST_MEMORY) > 0 ? LONGEST_MEMORY : remembered,
            LONGEST_TRANSACTION);
    var done =
        new DataKeyRotation(
                database("owner"), masterKeys(), SEALED, SERVER_KEY_IN_USE, waits, clock)
            .rotate();
    return done.busy()
        ? "Another rotation is under way; this one did nothing."
        : "%d keysets have a new key; %d texts were sealed anew; %d were refused."
            .formatted(done.keysets(), done.sealed(), done.refused());
  }

  private MasterKeys masterKeys() {
    Optional<String> uri = settings.masterKeyUri();
    Optional<Path> file = settings.masterKeyFile();
    if (file.isEmpty() && uri.isEmpty()) {
      file = Optional.of(Groundwork.ownMasterKeyFile(settings.folder()));
    }
    MasterKeys masterKeys = MasterKeys.of(file.orElse(null), uri.orElse(null));
    masterKeys.check();
    return masterKeys;
  }

  private DataSource database(String role) {
    return database(settings, role);
  }

  /** The database of the server beside which a command works, as one of its roles. */
  static DataSource database(StartSettings settings, String role) {
    PGSimpleDataSource source = new PGSimpleDataSource();
    if (settings.databaseUrl().isPresent()) {
      source.setURL(settings.databaseUrl().get());
      source.setPassword(settings.databasePassword(role).orElse(""));
    } else {
      RunningPostgres running = RunningPostgres.in(settings.folder().resolve("database"));
      source.setURL(running.jdbcUrl());
      source.setPassword(role.equals("owner") ? running.ownerPassword() : running.workerPassword());
    }
    // Details of errors quote the values of rows.
    source.setLogServerErrorDetail(false);
    source.setUser("stillpoint_" + role);
    return source;
  }
}
