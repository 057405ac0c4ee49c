package org.stillpoint.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** A Keycloak as a process, over https on the loopback address, with two realms alike. */
final class Keycloak implements AutoCloseable {
  static final String REALM = "stillpoint";
  static final String OTHER_REALM = "elsewhere";
  static final String PASSWORD = "of-a-test";

  private static final Path HOME = Path.of(System.getProperty("keycloak.home", "target/keycloak"));
  private static final Duration START = Duration.ofMinutes(10);
  private static final String COMPONENTS = "/admin/realms/" + REALM + "/components";

  private final Process process;
  private final URI address;
  private final Path certificate;
  private final Path log;
  private final SSLContext trust;
  private final HttpClient http;

  private Keycloak(Process process, URI address, Path certificate, Path log) throws Exception {
    this.process = process;
    this.address = address;
    this.certificate = certificate;
    this.log = log;
    this.trust = trusting(certificate);
    this.http = client().build();
  }

  static Keycloak start(Path folder) throws Exception {
    deleteAll(HOME.resolve("data"));
    Path imports = Files.createDirectories(HOME.resolve("data/import"));
    String realm = Files.readString(Path.of("src/test/resources/keycloak/realm.json"));
    for (String name : List.of(REALM, OTHER_REALM)) {
      Files.writeString(
          imports.resolve(name + "-realm.json"),
          realm.replace("\"realm\": \"stillpoint\"", "\"realm\": \"" + name + "\""));
    }
    Path certificate = makeCertificate(folder.resolve("keycloak.p12"));
    int port = freePort();
    URI address = URI.create("https://127.0.0.1:" + port);
    Path log = folder.resolve("keycloak.log");
    ProcessBuilder builder =
        new ProcessBuilder("bash", HOME.resolve("bin/kc.sh").toString(), "start-dev")
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    builder.command().add("--import-realm");
    var environment = builder.environment();
    environment.put("JAVA_HOME", System.getProperty("java.home"));
    environment.put("JAVA_OPTS_KC_HEAP", "-Xms64m -Xmx512m");
    environment.put("KC_HTTP_HOST", "127.0.0.1");
    environment.put("KC_HTTP_PORT", Integer.toString(freePort()));
    environment.put("KC_HTTPS_PORT", Integer.toString(port));
    environment.put("KC_HTTPS_KEY_STORE_FILE", certificate.toString());
    environment.put("KC_HTTPS_KEY_STORE_PASSWORD", PASSWORD);
    environment.put("KC_HOSTNAME", address.toString());
    environment.put("KC_BOOTSTRAP_ADMIN_USERNAME", "admin");
    environment.put("KC_BOOTSTRAP_ADMIN_PASSWORD", PASSWORD);
    Keycloak keycloak = new Keycloak(builder.start(), address, certificate, log);
    // Tests that are ended from outside leave it behind otherwise.
    Runtime.getRuntime().addShutdownHook(new Thread(keycloak::kill));
    try {
      keycloak.awaitStart();
      return keycloak;
    } catch (Exception | AssertionError e) {
      keycloak.close();
      throw e;
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static Path makeCertificate(Path store) throws Exception {
    String options =
        "-genkeypair -alias keycloak -keyalg EC -groupname secp256r1 -dname CN=keycloak"
            + " -ext san=ip:127.0.0.1 -validity 2 -storetype PKCS12 -storepass "
            + PASSWORD;
    ProcessBuilder keytool =
        new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin/keytool").toString());
    keytool.command().addAll(List.of(options.split(" ", -1)));
    keytool.command().addAll(List.of("-keystore", store.toString()));
    assertThat(keytool.inheritIO().start().waitFor()).isZero();
    return store;
  }

  private static SSLContext trusting(Path store) throws GeneralSecurityException, IOException {
    KeyStore keys = KeyStore.getInstance(store.toFile(), PASSWORD.toCharArray());
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry("keycloak", keys.getCertificate("keycloak"));
    TrustManagerFactory managers =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    managers.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, managers.getTrustManagers(), null);
    return context;
  }

  private static void deleteAll(Path folder) throws IOException {
    if (Files.exists(folder)) {
      try (Stream<Path> found = Files.walk(folder)) {
        for (Path each : found.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(each);
        }
      }
    }
  }

  private void awaitStart() throws Exception {
    long deadline = System.nanoTime() + START.toNanos();
    while (!answers()) {
      assertThat(process.isAlive()).as(Files.readString(log)).isTrue();
      assertThat(System.nanoTime()).as(Files.readString(log)).isLessThan(deadline);
      Thread.sleep(200);
    }
  }

  private boolean answers() throws InterruptedException {
    try {
      return http.send(HttpRequest.newBuilder(keys()).build(), BodyHandlers.discarding())
              .statusCode()
          == 200;
    } catch (IOException notYet) {
      return false;
    }
  }

  /** A client that trusts it, and follows no redirects. */
  HttpClient.Builder client() {
    return HttpClient.newBuilder()
        .version(HttpClient.Version.HTTP_1_1)
        .connectTimeout(Duration.ofSeconds(20))
        .sslContext(trust);
  }

  /** Its certificate, as an operator hands over the one of an authority of their own. */
  Path certificate() {
    return certificate;
  }

  URI issuer(String realm) {
    return address.resolve("/realms/" + realm);
  }

  URI keys() {
    return address.resolve("/realms/" + REALM + "/protocol/openid-connect/certs");
  }

  /** What an administrator does: from now on, tokens are signed with a key of this name. */
  void signWithANewKey(String name, int priority) throws Exception {
    String key =
        """
        {"name":"%s","providerId":"ecdsa-generated",
         "providerType":"org.keycloak.keys.KeyProvider",
         "config":{"priority":["%d"],"ecdsaEllipticCurveKey":["P-256"]}}
        """
            .formatted(name, priority);
    assertThat(administer("POST", COMPONENTS, key).statusCode()).isEqualTo(201);
  }

  /** What an administrator does with a key that was stolen. */
  void withdrawKey(String name) throws Exception {
    String found = administer("GET", COMPONENTS + "?name=" + name, "").body();
    String path = COMPONENTS + "/" + Phone.member(found, "id");
    assertThat(administer("DELETE", path, "").statusCode()).isEqualTo(204);
  }

  private HttpResponse<String> administer(String method, String path, String body)
      throws Exception {
    HttpResponse<String> login =
        Login.post(
            http,
            address.resolve("/realms/master/protocol/openid-connect/token"),
            List.of(
                "grant_type=password",
                "client_id=admin-cli",
                "username=admin",
                "password=" + PASSWORD));
    return http.send(
        HttpRequest.newBuilder(address.resolve(path))
            .header("Authorization", "Bearer " + Phone.member(login.body(), "access_token"))
            .header("Content-Type", "application/json")
            .method(method, BodyPublishers.ofString(body))
            .build(),
        BodyHandlers.ofString());
  }

  private void kill() {
    List<ProcessHandle> started = process.descendants().toList();
    process.destroyForcibly();
    started.forEach(ProcessHandle::destroyForcibly);
  }

  @Override
  public void close() throws InterruptedException {
    kill();
    process.waitFor();
    http.close();
  }
}
