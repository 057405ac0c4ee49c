package org.stillpoint.contact;

import jakarta.inject.Singleton;
import java.util.List;
import java.util.UUID;
import org.stillpoint.privacy.spi.ExportDocument;
import org.stillpoint.privacy.spi.ExportDraft;
import org.stillpoint.privacy.spi.PersonalDataSource;

/** Where a member is reached, and in which order. */
@Singleton
class ContactPersonalData implements PersonalDataSource {
  private final ContactService contacts;
  private final ChannelOrders orders;

  ContactPersonalData(ContactService contacts, ChannelOrders orders) {
    this.contacts = contacts;
    this.orders = orders;
  }

  @Override
  public void export(UUID memberId, ExportDraft copy) {
    copy.add(
        contacts.list(memberId, null, ContactService.MOST_CONTACTS).stream()
            .map(ContactPersonalData::copy)
            .toList());
    ChannelOrder order = orders.of(memberId);
    copy.add(
        List.of(new ExportDocument.ChannelOrder(order.channels(), order.fallbackAfterSeconds())));
  }

  private static ExportDocument.Channel copy(ContactService.Listed listed) {
    Contact contact = listed.contact();
    return new ExportDocument.Channel(
        contact.id(),
        contact.medium().wireName(),
        listed.to(),
        contact.isConfirmed(),
        contact.pausesOnly(),
        contact.createdAt());
  }
}
