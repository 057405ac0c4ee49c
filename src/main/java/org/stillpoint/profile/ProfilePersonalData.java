package org.stillpoint.profile;

import jakarta.inject.Singleton;
import jakarta.persistence.EntityManager;
import java.util.List;
import java.util.UUID;
import org.stillpoint.identity.ClientOfMember;
import org.stillpoint.identity.Profile;
import org.stillpoint.identity.ProfileWords;
import org.stillpoint.privacy.spi.Ending;
import org.stillpoint.privacy.spi.ExportDocument;
import org.stillpoint.privacy.spi.ExportDraft;
import org.stillpoint.privacy.spi.PersonalDataSource;
import org.stillpoint.transaction.Callers;

/** What a member has said of themself, and the apps that act for them. */
@Singleton
class ProfilePersonalData implements PersonalDataSource {
  private final EntityManager entities;
  private final ProfileService service;
  private final Callers callers;

  ProfilePersonalData(EntityManager entities, ProfileService service, Callers callers) {
    this.entities = entities;
    this.service = service;
    this.callers = callers;
  }

  @Override
  public void export(UUID memberId, ExportDraft copy) {
    Profile own = entities.find(Profile.class, memberId);
    ProfileWords words = service.words(own);
    copy.add(
        List.of(
            new ExportDocument.Profile(
                words.displayName(),
                words.pronouns(),
                words.roleLabel(),
                own.locale().toLanguageTag(),
                own.timeZone().getId(),
                own.adultAttestedAt(),
                own.consentVersion(),
                own.consentedAt())));
    copy.add(
        clients(memberId).stream()
            .map(
                app ->
                    new ExportDocument.Client(
                        app.id(), app.clientId(), app.firstUsedAt(), app.cutOffAt()))
            .toList());
  }

  /** Cuts all apps off, this one too. */
  @Override
  public List<Ending> endings(UUID memberId) {
    return clients(memberId).stream()
        .filter(app -> app.cutOffAt() == null || app.id().equals(callers.current().clientRowId()))
        .map(app -> Ending.own(() -> service.cutOff(callers.current(), app.id())))
        .toList();
  }

  private List<ClientOfMember> clients(UUID memberId) {
    return entities
        .createQuery(
            "from ClientOfMember c where c.memberId = :member order by c.firstUsedAt, c.id",
            ClientOfMember.class)
        .setParameter("member", memberId)
        .getResultList();
  }
}
