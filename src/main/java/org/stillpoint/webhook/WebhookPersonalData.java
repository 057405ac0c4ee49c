package org.stillpoint.webhook;

import jakarta.inject.Singleton;
import java.util.UUID;
import org.stillpoint.privacy.spi.ExportDocument;
import org.stillpoint.privacy.spi.ExportDraft;
import org.stillpoint.privacy.spi.PersonalDataSource;

/** Which apps' servers get the member's events. */
@Singleton
class WebhookPersonalData implements PersonalDataSource {
  private final WebhookSubscriptionService subscriptions;

  WebhookPersonalData(WebhookSubscriptionService subscriptions) {
    this.subscriptions = subscriptions;
  }

  @Override
  public void export(UUID memberId, ExportDraft copy) {
    copy.add(
        subscriptions.all(memberId).stream()
            .map(
                subscription ->
                    new ExportDocument.WebhookSubscription(
                        subscription.clientId(), subscription.createdAt()))
            .toList());
  }
}
