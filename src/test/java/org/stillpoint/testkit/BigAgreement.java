package org.stillpoint.testkit;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;

/** An agreement that has lived long: as if each of its clauses had been worded anew each time. */
public final class BigAgreement {
  /** Its present is the last of them all. */
  private static final List<String> PAST =
      List.of(
          "update agreement set latest_version = latest_version + ? where relationship_id = ?",
          "update agreement_version set number = number + ? where relationship_id = ?",
          "update term set version_number = version_number + ? where relationship_id = ?",
          """
          insert into agreement_version (relationship_id, id, agreement_id, number, author_id,
            proposed_at, sealed_for, content)
          select relationship_id, uuidv7(), agreement_id, number - n, author_id, proposed_at,
            sealed_for, content
          from agreement_version cross join generate_series(1, ?) n where relationship_id = ?
          """,
          """
          insert into term (relationship_id, id, agreement_id, version_number, lineage_id, author_id,
            member_ids, sealed_for, content, hash, proposed_at, open_until, agreed_at, active_at,
            assented_by, assented_at, replaced_at)
          select relationship_id, uuidv7(), agreement_id, version_number - n, lineage_id, author_id,
            member_ids, sealed_for, content, hash, proposed_at, open_until, agreed_at, active_at,
            assented_by, assented_at, active_at
          from term cross join generate_series(1, ?) n where relationship_id = ?
          """);

  private BigAgreement() {}

  /** Gives the agreements of a relationship so many versions of before. */
  public static void addPast(Connection owner, UUID relationship, int versions)
      throws SQLException {
    for (String sql : PAST) {
      try (PreparedStatement statement = owner.prepareStatement(sql)) {
        statement.setInt(1, versions);
        statement.setObject(2, relationship);
        statement.executeUpdate();
      }
    }
    try (PreparedStatement statement = owner.prepareStatement("analyze term")) {
      statement.execute();
    }
  }
}
