package org.stillpoint.database;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

/** The folder with the database itself: made once, configured at every start. */
final class DataFolder {
  /**
   * Stretching is for passwords that people think of: of these, nobody guesses one, and every
   * connection of the pools would pay for it, most of all at the start.
   */
  private static final String QUICK_LOGIN = "SET scram_iterations = 1;\n\n";

  private static final String READABLE = "rw-r--r--";

  private final Path data;
  private final PostgresPrograms programs;

  DataFolder(Path data, PostgresPrograms programs) {
    this.data = data;
    this.programs = programs;
  }

  void prepare(Passwords passwords) throws IOException, InterruptedException {
    Folders.deleteAll(programs.folder(), "data.new-");
    if (!Files.exists(data)) {
      create();
    }
    checkVersion();
    LeftoverServer.stop(data);
    Folders.write(data.resolve("postgresql.conf"), resource("postgresql.conf"), READABLE);
    Folders.write(data.resolve("pg_hba.conf"), resource("pg_hba.conf"), READABLE);
    applyRoles(QUICK_LOGIN + passwords.fillIn(resource("roles.sql")));
  }

  /**
   * Under another name until it is whole, so that a start that was killed leaves nothing behind.
   */
  private void create() throws IOException, InterruptedException {
    Path folder = programs.folder();
    Path temporary = folder.resolve("data.new-" + UUID.randomUUID());
    programs.run(
        "initdb",
        List.of(
            "--pgdata=" + temporary,
            "--username=stillpoint_bootstrap",
            // Nobody logs in as the superuser, so it has no password that could leak.
            "--auth=reject",
            "--encoding=UTF8",
            // Sorts by code point, on every machine and after every update of its libraries.
            "--locale-provider=builtin",
            "--builtin-locale=C.UTF-8",
            "--locale=C",
            "--data-checksums",
            "--no-instructions"));
    programs.runSql(temporary, "postgres", "CREATE DATABASE stillpoint;\n\n");
    Files.move(temporary, data, ATOMIC_MOVE);
    Folders.sync(folder);
  }

  private void checkVersion() throws IOException {
    String version = Files.readString(data.resolve("PG_VERSION")).strip();
    if (!version.equals(PostgresBinaries.MAJOR)) {
      throw new DatabaseStartException(
          ("The database in %s was made by PostgreSQL %s, and this Stillpoint brings %s:"
                  + " move it with a dump.")
              .formatted(data, version, PostgresBinaries.MAJOR));
    }
  }

  /**
   * Only when the script or a password changed; the mark is kept with the data that it speaks of.
   */
  private void applyRoles(String sql) throws IOException, InterruptedException {
    Path mark = data.resolve("stillpoint-roles.sha256");
    String wanted = sha256(sql);
    if (Files.exists(mark) && Files.readString(mark).equals(wanted)) {
      return;
    }
    programs.runSql(data, "stillpoint", sql + "\n\n");
    Folders.write(mark, wanted, READABLE);
  }

  private static String sha256(String text) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
      return HexFormat.of().formatHex(hash);
    } catch (NoSuchAlgorithmException everyJdkHasIt) {
      throw new IllegalStateException(everyJdkHasIt);
    }
  }

  private static String resource(String name) throws IOException {
    try (InputStream in =
        Objects.requireNonNull(DataFolder.class.getResourceAsStream("/database/" + name), name)) {
      return new String(in.readAllBytes(), UTF_8);
    }
  }
}
