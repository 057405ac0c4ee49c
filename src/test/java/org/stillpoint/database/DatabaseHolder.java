package org.stillpoint.database;

import java.nio.file.Path;
import java.sql.Connection;

/** A JVM that holds an embedded database until it is killed. */
public final class DatabaseHolder {
  private DatabaseHolder() {}

  /**
   * Stores {@code args[1]} in the database of the folder {@code args[0]}, says so, and stays.
   *
   * @param args the folder, the text
   */
  public static void main(String[] args) throws Exception {
    EmbeddedPostgres postgres = EmbeddedPostgres.start(Path.of(args[0]));
    try (Connection owner = Sql.connect(postgres, "owner", postgres.ownerPassword())) {
      Sql.run(owner, "CREATE TABLE IF NOT EXISTS kept (text text)");
      Sql.run(owner, "INSERT INTO kept VALUES ('" + args[1] + "')");
    }
    System.out.println("stored");
    Thread.sleep(Long.MAX_VALUE);
    postgres.close();
  }
}
