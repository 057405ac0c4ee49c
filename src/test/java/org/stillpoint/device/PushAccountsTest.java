package org.stillpoint.device;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an operator is told about the files of Apple and Google. */
class PushAccountsTest {
  private static final URI SERVER = URI.create("https://push.example");

  @TempDir private Path folder;

  private record Apns(Path keyFile, String keyId, String teamId, String topic, URI server)
      implements ApnsConfig.App {}

  private record Fcm(Path serviceAccountFile, URI server) implements FcmConfig.App {}

  private static List<String> apns(Path file) {
    return PushAccounts.objections(
        () -> Map.of("app", new Apns(file, "KEY", "TEAM", "org.example.app", SERVER)), Map::of);
  }

  private static List<String> fcm(Path file, URI server) {
    return PushAccounts.objections(Map::of, () -> Map.of("app", new Fcm(file, server)));
  }

  @Test
  void filesAsTheyWereGivenOutAreTaken() throws Exception {
    assertThat(apns(AppleServer.write(AppleServer.key().getPrivate(), folder.resolve("key.p8"))))
        .isEmpty();
    assertThat(fcm(GoogleServer.write(folder.resolve("a.json"), "https://token.example"), SERVER))
        .isEmpty();
  }

  @Test
  void anotherKeyThanApplesIsRefused() throws Exception {
    Path rsa = AppleServer.write(GoogleServer.KEY.getPrivate(), folder.resolve("rsa.p8"));
    Path broken =
        Files.writeString(
            folder.resolve("broken.p8"),
            "-----BEGIN PRIVATE KEY-----\n%%%%\n-----END PRIVATE KEY-----\n");

    assertThat(apns(rsa))
        .containsExactly(
            "stillpoint.push.apns.\"app\": The key file " + rsa + " holds no key of APNs (.p8).");
    assertThat(apns(broken)).hasSize(1);
    assertThat(apns(Files.writeString(folder.resolve("empty.p8"), ""))).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{}",
        "[]",
        "{\"type\": \"service_account\"}",
        "{\"type\": \"service_account\", \"private_key\": \"x\", \"client_email\": \"a@b\","
            + " \"client_id\": \"1\", \"private_key_id\": \"2\"}",
        "{\"type\": \"authorized_user\", \"client_id\": \"1\", \"client_secret\": \"2\","
            + " \"refresh_token\": \"3\"}"
      })
  void whatIsNoServiceAccountIsRefused(String content) throws Exception {
    Path file = Files.writeString(folder.resolve("account.json"), content);

    assertThat(fcm(file, SERVER))
        .containsExactly(
            "stillpoint.push.fcm.\"app\": " + file + " isn't the key of a service account (JSON).");
  }

  @Test
  void aTokenIsSentOnlyWhereNobodyCanReadItOnTheWay() throws Exception {
    Path file = GoogleServer.write(folder.resolve("account.json"), "https://token.example");
    Path open = GoogleServer.write(folder.resolve("open.json"), "http://token.example");

    assertThat(fcm(file, URI.create("http://push.example"))).hasSize(1);
    assertThat(fcm(open, SERVER)).hasSize(1);
    assertThat(fcm(file, URI.create("http://127.0.0.1:9999"))).isEmpty();
  }
}
