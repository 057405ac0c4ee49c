package org.stillpoint.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.stillpoint.crypto.MasterKeyFile;

/** What isn't safe doesn't start, says why, and leaves everything as it was. */
class RefusalIT {
  private static final Duration SOON = Duration.ofMinutes(2);

  @TempDir Path folder;
  private Path masterKey;

  @BeforeEach
  void makeAKey() {
    masterKey = folder.resolve("key.json");
    MasterKeyFile.create(masterKey);
  }

  @Test
  void saysAllThatIsMissingInProduction() throws Exception {
    Files.delete(masterKey);

    assertThat(refusal(Map.of("STILLPOINT_TOKEN_ALGORITHMS", "HS256,none,RS1,ES256")))
        .contains("Set stillpoint.token.issuer")
        .contains("Set stillpoint.token.jwks")
        .contains("may not contain HS256")
        .contains("may not contain none")
        .contains("may not contain RS1")
        .contains("Set stillpoint.master-key-file")
        .doesNotContain("ES256");
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void takesKeysOnlyFromWhereNobodyCanChangeThem() throws Exception {
    assertThat(
            refusal(
                Map.of(
                    "STILLPOINT_TOKEN_ISSUER", "https://login.example",
                    "STILLPOINT_TOKEN_JWKS", "http://login.example/keys",
                    "STILLPOINT_MASTER_KEY_FILE", "/nowhere/key.json",
                    "STILLPOINT_PUSH_VAPID_KEY_FILE", "/nowhere/vapid.json",
                    "STILLPOINT_DATABASE_URL", "jdbc:postgresql://db.example/stillpoint")))
        .contains("must be an https address or a file")
        .contains("/nowhere/key.json can't be read")
        .contains("/nowhere/vapid.json can't be read")
        .contains("Set stillpoint.push.vapid-subject")
        .contains("Set stillpoint.database.owner-password")
        .contains("Set stillpoint.database.app-password")
        .contains("Set stillpoint.database.worker-password");
    assertThat(folder).isDirectoryNotContaining(file -> !file.equals(masterKey));
  }

  @Test
  void takesTheMasterKeyFromOnePlaceOnly() throws Exception {
    assertThat(
            refusal(
                Map.of(
                    "STILLPOINT_MASTER_KEY_FILE",
                    masterKey.toString(),
                    "STILLPOINT_MASTER_KEY_URI",
                    "some-kms://key")))
        .contains("Set stillpoint.master-key-file to the file that holds the master keys, or");
  }

  @Test
  void takesNoMasterKeyThatOthersCanReadOrThatNobodyKnows() throws Exception {
    Map<String, String> production = new HashMap<>();
    production.put("STILLPOINT_TOKEN_ISSUER", "https://login.example");
    production.put("STILLPOINT_TOKEN_JWKS", "https://login.example/keys");
    production.put("STILLPOINT_MASTER_KEY_FILE", masterKey.toString());
    Files.setPosixFilePermissions(masterKey, PosixFilePermissions.fromString("rw-r--r--"));
    assertThat(refusal(production)).contains("is open to others: give it the mode 0600");

    production.remove("STILLPOINT_MASTER_KEY_FILE");
    production.put("STILLPOINT_MASTER_KEY_URI", "some-kms://key");
    assertThat(refusal(production)).contains("No client of a key management service");
    assertThat(folder.resolve(".stillpoint/database")).doesNotExist();
  }

  @ParameterizedTest
  @CsvSource({"STILLPOINT_SANDBOX, true", "STILLPOINT_SANDBOX, 1", "_PROD_STILLPOINT_SANDBOX, yes"})
  void isNoSandboxBesideProductionSettings(String name, String spelling) throws Exception {
    assertThat(
            refusal(
                Map.of(
                    name,
                    spelling,
                    "STILLPOINT_TOKEN_ISSUER",
                    "https://login.example",
                    "STILLPOINT_TOKEN_JWKS",
                    "https://login.example/keys")))
        .contains("unset stillpoint.token.issuer")
        .contains("unset stillpoint.token.jwks");
    assertThat(folder.resolve(".stillpoint")).doesNotExist();
  }

  private String refusal(Map<String, String> environment) throws IOException, InterruptedException {
    return refusal(folder, environment);
  }

  /** What a start says that is refused: sentences, and no more. */
  static String refusal(Path folder, Map<String, String> environment)
      throws IOException, InterruptedException {
    try (PackagedApp app = PackagedApp.start(folder, environment)) {
      assertThat(app.awaitEnd(SOON)).as("%s", app.lines()).isEqualTo(1);
      assertThat(app.lines()).noneMatch(line -> line.contains("Exception"));
      return String.join("\n", app.lines());
    }
  }
}
