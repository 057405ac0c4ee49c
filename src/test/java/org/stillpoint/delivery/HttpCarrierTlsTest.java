package org.stillpoint.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.net.PfxOptions;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.stillpoint.delivery.Parcel.Trust;

/** A pinned address changes nothing about whose certificate it has to be. */
class HttpCarrierTlsTest {
  private static final String PASSWORD = "changeit";
  private static final Vertx VERTX = Vertx.vertx();

  @TempDir private static Path folder;

  /** Of hook.example.com, and of the address that every name leads to here. */
  private static Path certificate;

  private Target target;

  @BeforeAll
  static void makeCertificate() throws Exception {
    certificate = folder.resolve("hook.p12");
    ProcessBuilder keytool =
        new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin/keytool").toString());
    String options =
        "-genkeypair -alias hook -keyalg EC -groupname secp256r1 -dname CN=hook.example.com"
            + " -ext san=dns:hook.example.com,ip:127.0.0.7 -validity 2 -storetype PKCS12 -storepass "
            + PASSWORD;
    keytool.command().addAll(List.of(options.split(" ", -1)));
    keytool.command().addAll(List.of("-keystore", certificate.toString()));
    assertThat(keytool.inheritIO().start().waitFor()).isZero();
  }

  @AfterAll
  static void close() {
    var _ = VERTX.close();
  }

  @BeforeEach
  void serve() throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream file = Files.newInputStream(certificate)) {
      store.load(file, PASSWORD.toCharArray());
    }
    KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
    keys.init(store, PASSWORD.toCharArray());
    SSLContext tls = SSLContext.getInstance("TLS");
    tls.init(keys.getKeyManagers(), null, null);
    target =
        Target.on(
            tls.getServerSocketFactory()
                .createServerSocket(0, 50, InetAddress.ofLiteral("127.0.0.7")),
            Target.eachRequest("HTTP/1.1 204 No Content\r\n\r\n"));
  }

  @AfterEach
  void end() throws Exception {
    target.close();
  }

  private static HttpCarrier carrier(HttpClientOptions options) {
    PublicAddresses addresses =
        new PublicAddresses(false, _ -> new InetAddress[0], Duration.ofSeconds(5)) {
          @Override
          InetAddress resolve(URI to) {
            return InetAddress.ofLiteral("127.0.0.7");
          }
        };
    return new HttpCarrier(VERTX, addresses, Duration.ofSeconds(8), options);
  }

  private static HttpClientOptions trusting() {
    return new HttpClientOptions()
        .setTrustOptions(new PfxOptions().setPath(certificate.toString()).setPassword(PASSWORD));
  }

  private Parcel parcel(String host, Trust trust) {
    return Parcels.to("https://" + host + ":" + target.port() + "/hook", trust, false);
  }

  private void refused(HttpClientOptions options, String host, Trust trust) {
    assertThatExceptionOfType(UnreachableException.class)
        .isThrownBy(() -> carrier(options).send(parcel(host, trust)))
        .withMessage("tls")
        .withNoCause();
  }

  @Test
  void theCertificateOfTheNameIsAccepted() throws Exception {
    assertThat(carrier(trusting()).send(parcel("hook.example.com", Trust.ANYBODY)).status())
        .isEqualTo(204);
  }

  @Test
  void theCertificateOfAnotherNameIsRefused() {
    refused(trusting(), "other.example.com", Trust.ANYBODY);
    refused(trusting(), "localhost", Trust.ANYBODY);
  }

  @Test
  void aCertificateThatNobodyVouchesForIsRefused() {
    refused(new HttpClientOptions(), "hook.example.com", Trust.ANYBODY);
    refused(new HttpClientOptions(), "127.0.0.7", Trust.OPERATOR);
  }

  @Test
  void aConnectionForOneNameIsNotUsedForAnother() throws Exception {
    HttpCarrier carrier = carrier(trusting());
    carrier.send(parcel("hook.example.com", Trust.ANYBODY));

    assertThatExceptionOfType(UnreachableException.class)
        .isThrownBy(() -> carrier.send(parcel("other.example.com", Trust.ANYBODY)))
        .withMessage("tls");
  }
}
