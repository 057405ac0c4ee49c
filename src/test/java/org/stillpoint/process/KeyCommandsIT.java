package org.stillpoint.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.stillpoint.crypto.MasterKeyFile;

/** The operator's commands about keys, beside a server that runs. */
class KeyCommandsIT {
  private static final Duration SOON = Duration.ofMinutes(4);
  private static final Map<String, String> SANDBOX =
      Map.of(
          "STILLPOINT_SANDBOX", "true",
          "STILLPOINT_KEYS_REMEMBERED", "2s",
          "STILLPOINT_KEYS_LOOK", "1h");

  @TempDir Path folder;

  @Test
  @Tag("S33")
  void keysAreExchangedWhileTheServerServes() throws Exception {
    LocalDate old = LocalDate.now(ZoneOffset.UTC).minusDays(40);
    Path masterKeys = masterKeysOf(old);
    try (PackagedApp app = PackagedApp.start(folder, SANDBOX)) {
      app.awaitStart();
      Phone phone = Phone.of(app.http(), "ana");
      assertThat(phone.say(app.http(), "{\"displayName\":\"Ana\"}").statusCode()).isEqualTo(200);

      assertThat(command(0, "rotate-master-key"))
          .contains("The day's master key was made; 2 keys were wrapped anew; 1 master keys were");
      assertThat(dates(masterKeys)).hasSize(1).doesNotContain(old.toString());
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(masterKeys)))
          .isEqualTo("rw-------");
      Thread.sleep(Duration.ofSeconds(4));
      assertThat(phone.call(app.http(), "GET", "/v1/me").body()).contains("\"Ana\"");

      assertThat(command(0, "rotate-data-keys"))
          .contains("2 keysets have a new key; 1 texts were sealed anew; 0 were refused.");
      assertThat(phone.call(app.http(), "GET", "/v1/me").body()).contains("\"Ana\"");

      assertThat(command(1, "verify-practitioner", UUID.randomUUID().toString()))
          .contains("Nobody says this of themself now");
      assertThat(command(1, "verify-practitioner", "Dora")).contains("which is a UUID");
    }
    assertThat(command(1, "rotate-master-key")).contains("start it first");
  }

  private Path masterKeysOf(LocalDate date) throws IOException {
    Path own = Files.createDirectory(folder.resolve(".stillpoint"));
    Files.setPosixFilePermissions(own, PosixFilePermissions.fromString("rwx------"));
    Path file = own.resolve("master-key.json");
    MasterKeyFile.create(file);
    String made = Files.readString(file);
    Files.writeString(file, made.replaceFirst("\"[0-9-]{10}\"", "\"" + date + "\""));
    return file;
  }

  private static Set<String> dates(Path masterKeys) throws IOException {
    Set<String> dates = new TreeSet<>();
    new ObjectMapper().readTree(masterKeys.toFile()).fieldNames().forEachRemaining(dates::add);
    return dates;
  }

  private String command(int code, String... words) throws Exception {
    try (PackagedApp command =
        PackagedApp.start(folder, PackagedApp.PACKAGED, List.of(), SANDBOX, words)) {
      assertThat(command.awaitEnd(SOON)).as("%s", command.lines()).isEqualTo(code);
      return String.join("\n", command.lines());
    }
  }
}
