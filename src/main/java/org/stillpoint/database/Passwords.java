package org.stillpoint.database;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.Reader;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Properties;

/** The passwords of the three roles, made up once and kept in the folder for its owner only. */
final class Passwords {
  private static final SecureRandom RANDOM = new SecureRandom();

  private final String owner;
  private final String app;
  private final String worker;

  private Passwords(Properties kept) {
    owner = kept.getProperty("owner");
    app = kept.getProperty("app");
    worker = kept.getProperty("worker");
  }

  static Passwords in(Path folder) throws IOException {
    Path file = folder.resolve("passwords.properties");
    Properties kept = new Properties();
    if (Files.exists(file)) {
      try (Reader reader = Files.newBufferedReader(file, UTF_8)) {
        kept.load(reader);
      }
    }
    int before = kept.size();
    for (String role : new String[] {"owner", "app", "worker"}) {
      kept.putIfAbsent(role, generate());
    }
    if (kept.size() != before) {
      StringWriter text = new StringWriter();
      kept.store(
          text, "The embedded database's roles. Lost, they are made anew at the next start.");
      Folders.write(file, text.toString(), "rw-------");
    }
    return new Passwords(kept);
  }

  /** Letters, digits, '-' and '_' only: nothing to escape, neither in SQL nor in a shell. */
  private static String generate() {
    byte[] random = new byte[32];
    RANDOM.nextBytes(random);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(random);
  }

  /** Puts the passwords where psql would put its variables of these names. */
  String fillIn(String sql) {
    return sql.replace(":'owner_password'", literal(owner))
        .replace(":'app_password'", literal(app))
        .replace(":'worker_password'", literal(worker));
  }

  /** The file is the operator's too, who may have written a password of another alphabet. */
  private static String literal(String password) {
    return "'" + password.replace("'", "''") + "'";
  }

  String owner() {
    return owner;
  }

  String app() {
    return app;
  }

  String worker() {
    return worker;
  }
}
