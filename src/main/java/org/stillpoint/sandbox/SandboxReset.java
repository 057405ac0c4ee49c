package org.stillpoint.sandbox;

import io.agroal.api.AgroalDataSource;
import io.quarkus.agroal.DataSource;
import jakarta.enterprise.event.Event;
import jakarta.inject.Singleton;
import java.net.URI;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.stillpoint.crypto.DataKeys;
import org.stillpoint.time.Emptied;
import org.stillpoint.time.Ids;
import org.stillpoint.time.ProductClock;

/** Empties everything but the server's key, and plays a seed where there is one. */
@Singleton
public class SandboxReset {
  private static final String DEADLOCK = "40P01";
  private static final int ATTEMPTS = 5;

  /** All with rows of people; first what a job locks before the rest. */
  private static final List<String> TABLES =
      List.of(
          "check_in_series",
          "check_in_series_item",
          "notice",
          "delivery",
          "event",
          "idempotency_key",
          "feed",
          "member_client",
          "member",
          "relationship",
          "membership",
          "invitation",
          "invitation_assent",
          "pause",
          "pause_tap",
          "pause_acknowledgement",
          "return_offer",
          "tap_key",
          "member_limit",
          "agreement",
          "agreement_draft",
          "agreement_version",
          "term",
          "term_answer",
          "agreement_history",
          "check_in",
          "check_in_item",
          "check_in_answer",
          "check_in_readiness",
          "calendar_feed",
          "check_in_reminder",
          "check_in_reminder_setting",
          "check_in_decision",
          "check_in_assent",
          "check_in_guest",
          "check_in_guest_assent",
          "check_in_guest_mark",
          "reflection",
          "reflection_snapshot",
          "device",
          "contact",
          "contact_code",
          "channel_order",
          "webhook_subscription",
          "webhook_attempt",
          "webhook_endpoint",
          "suggested_prompts",
          "practitioner",
          "shared_grant",
          "shared_grant_assent",
          "self_grant",
          "practice_snapshot",
          "check_in_practice_mark",
          "prompt_assignment",
          "agenda_proposal",
          "data_key",
          "retention",
          "access_log",
          "member_export",
          "export_content",
          "ended_login");

  /**
   * In one statement, at whose end all that refers to each other is gone; truncating takes longer.
   */
  private static final String DELETE =
      TABLES.stream()
          .map(table -> "d_" + table + " as (delete from " + table + ")")
          .collect(Collectors.joining(", ", "with ", " select"));

  private final SandboxConfig config;
  private final SandboxSeed seed;
  private final AgroalDataSource owner;
  private final ProductClock clock;
  private final SandboxInbox inbox;
  private final DataKeys keys;
  private final Event<Emptied> emptied;

  SandboxReset(
      SandboxConfig config,
      SandboxSeed seed,
      @DataSource("owner") AgroalDataSource owner,
      ProductClock clock,
      SandboxInbox inbox,
      DataKeys keys,
      Event<Emptied> emptied) {
    this.config = config;
    this.seed = seed;
    this.owner = owner;
    this.clock = clock;
    this.inbox = inbox;
    this.keys = keys;
    this.emptied = emptied;
  }

  /**
   * A sandbox that was given a seed begins with it at each start.
   *
   * @param api where this server listens
   */
  public void begin(URI api) throws InterruptedException {
    if (config.seed().isPresent()) {
      reset();
      seed.plant(config.seed().get(), api);
    }
  }

  /** What is there then; nothing without a seed. */
  Optional<SandboxSeed.World> reset(@Nullable String text, URI api) throws InterruptedException {
    reset();
    return text == null ? Optional.empty() : Optional.of(seed.plant(text, api));
  }

  private void reset() {
    for (int attempt = 1; !empty(); attempt++) {
      if (attempt == ATTEMPTS) {
        throw new IllegalStateException("The sandbox is too busy to be emptied");
      }
    }
    keys.forgetAll();
    emptied.fire(new Emptied());
    inbox.clear();
    clock.reset();
    Ids.reset();
    seed.forget();
  }

  /** False if it was in the way of a request that was under way. */
  private boolean empty() {
    try (Connection connection = owner.getConnection();
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.execute("lock table " + String.join(", ", TABLES) + " in access exclusive mode");
      statement.execute(DELETE);
      statement.execute(
          "update retention_walk set next_round = '-infinity',"
              + " after = '00000000-0000-0000-0000-000000000000'");
      connection.commit();
      return true;
    } catch (SQLException e) {
      if (DEADLOCK.equals(e.getSQLState())) {
        return false;
      }
      throw new IllegalStateException("The sandbox can't be emptied", e);
    }
  }
}
