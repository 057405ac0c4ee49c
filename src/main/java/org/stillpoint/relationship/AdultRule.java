package org.stillpoint.relationship;

import jakarta.inject.Singleton;
import jakarta.persistence.EntityManager;
import org.stillpoint.identity.Caller;
import org.stillpoint.identity.Profile;

/**
 * Only a person who has attested to being an adult creates or joins a relationship, or is a guest
 * (S36).
 */
@Singleton
public class AdultRule {
  private final EntityManager entities;

  AdultRule(EntityManager entities) {
    this.entities = entities;
  }

  /** Refuses whoever has not. */
  public void require(Caller caller) {
    if (entities.find(Profile.class, caller.memberId()).adultAttestedAt() == null) {
      throw RelationshipProblem.ADULT_ATTESTATION_REQUIRED.exception();
    }
  }
}
