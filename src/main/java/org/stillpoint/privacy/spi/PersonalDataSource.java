package org.stillpoint.privacy.spi;

import java.util.List;
import java.util.UUID;

/**
 * A feature that holds members' data. What is deleted when a member is erased stands in a function
 * of the database for each feature, which {@code forget_member} calls; the retention job uses it as
 * well.
 */
public interface PersonalDataSource {
  /**
   * Adds what the member wrote or assented to here, and nothing private of anybody else. It is
   * called in a transaction that acts for that member, without a request.
   */
  void export(UUID memberId, ExportDraft copy);

  /**
   * What ends what the caller takes part in here, as it would be ended by hand: for the clean exit
   * and for erasure, which must look alike to everybody else.
   */
  default List<Ending> endings(UUID memberId) {
    return List.of();
  }
}
