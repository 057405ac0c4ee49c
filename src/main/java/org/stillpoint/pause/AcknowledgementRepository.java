package org.stillpoint.pause;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

@Singleton
class AcknowledgementRepository
    implements PanacheRepositoryBase<Acknowledgement, Acknowledgement.Key> {
  /** By pause, each in the order of their coming. */
  Map<UUID, List<Acknowledgement>> of(UUID relationshipId, Collection<UUID> pauseIds) {
    return stream(
            "relationshipId = ?1 and pauseId in ?2 order by acknowledgedAt",
            relationshipId,
            pauseIds)
        .collect(Collectors.groupingBy(Acknowledgement::pauseId));
  }
}
