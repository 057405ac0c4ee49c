package org.stillpoint.sandbox;

import io.agroal.api.AgroalDataSource;
import io.quarkus.agroal.DataSource;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.stillpoint.crypto.DataKeys;
import org.stillpoint.identity.Members;
import org.stillpoint.time.ProductClock;

/** Empties everything but the server's key. */
@Singleton
class SandboxReset {
  private final AgroalDataSource owner;
  private final ProductClock clock;
  private final SandboxInbox inbox;
  private final Members members;
  private final DataKeys keys;

  SandboxReset(
      @DataSource("owner") AgroalDataSource owner,
      ProductClock clock,
      SandboxInbox inbox,
      Members members,
      DataKeys keys) {
    this.owner = owner;
    this.clock = clock;
    this.inbox = inbox;
    this.members = members;
    this.keys = keys;
  }

  void reset() {
    try (Connection connection = owner.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(
          // First what a job locks before the rest.
          "truncate check_in_series, check_in_series_item, notice, delivery, event,"
              + " idempotency_key, feed, member_client, member, relationship,"
              + " membership, invitation, invitation_assent, pause, pause_tap,"
              + " pause_acknowledgement, return_offer, tap_key, member_limit, agreement, agreement_draft,"
              + " agreement_version, term, term_answer, agreement_history, check_in, check_in_item,"
              + " check_in_answer, check_in_readiness, calendar_feed, check_in_reminder,"
              + " check_in_reminder_setting, check_in_decision, check_in_assent, check_in_guest,"
              + " check_in_guest_assent, check_in_guest_mark, reflection, reflection_snapshot,"
              + " device, contact, contact_code, channel_order, webhook_subscription, webhook_attempt, webhook_endpoint, suggested_prompts, practitioner, shared_grant, shared_grant_assent, self_grant,"
              + " practice_snapshot, check_in_practice_mark, prompt_assignment, agenda_proposal, data_key, retention,"
              + " access_log, member_export, export_content, ended_login");
    } catch (SQLException e) {
      throw new IllegalStateException("The sandbox can't be emptied", e);
    }
    members.forgetAll();
    keys.forgetAll();
    inbox.clear();
    clock.reset();
  }
}
