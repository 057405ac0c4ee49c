package org.stillpoint.device;

import static org.assertj.core.api.Assertions.assertThat;

import com.eatthepath.pushy.apns.auth.ApnsSigningKey;
import com.eatthepath.pushy.apns.server.MockApnsServer;
import com.eatthepath.pushy.apns.server.MockApnsServerBuilder;
import com.eatthepath.pushy.apns.server.PushNotificationHandler;
import com.eatthepath.pushy.apns.server.RejectedNotificationException;
import com.eatthepath.pushy.apns.server.RejectionReason;
import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.handler.codec.http2.Http2Headers;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Apple, on this machine. */
final class AppleServer implements AutoCloseable {
  static final String TOPIC = "org.example.app";
  static final String TEAM = "TEAM567890";
  static final String KEY_ID = "KEY4567890";

  private static final String PASSWORD = "changeit";

  final int port;
  final AtomicInteger connections = new AtomicInteger();
  final Queue<Pushed> pushed = new ConcurrentLinkedQueue<>();

  /** What the next ones are answered; accepted when there is nothing. */
  final Queue<RejectionReason> rejections = new ConcurrentLinkedQueue<>();

  /** How many of the next ones are never answered. */
  final AtomicInteger hanging = new AtomicInteger();

  private final KeyStore certificate;
  private final CountDownLatch end = new CountDownLatch(1);
  private final EventLoopGroup threads = new NioEventLoopGroup(4);
  private final MockApnsServer server;

  /** What was sent. */
  record Pushed(Map<String, String> headers, String body) {}

  /** Of 127.0.0.1, until tomorrow. */
  static KeyStore certificate(Path folder) throws Exception {
    Path file = folder.resolve("apple.p12");
    ProcessBuilder keytool =
        new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin/keytool").toString());
    String options =
        "-genkeypair -alias apple -keyalg EC -groupname secp256r1 -dname CN=Apple"
            + " -ext san=ip:127.0.0.1 -validity 2 -storetype PKCS12 -storepass "
            + PASSWORD;
    keytool.command().addAll(List.of(options.split(" ", -1)));
    keytool.command().addAll(List.of("-keystore", file.toString()));
    assertThat(keytool.inheritIO().start().waitFor()).isZero();
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream stream = Files.newInputStream(file)) {
      store.load(stream, PASSWORD.toCharArray());
    }
    return store;
  }

  static X509Certificate trusted(KeyStore certificate) throws Exception {
    return (X509Certificate) certificate.getCertificate("apple");
  }

  static KeyPair key() throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"));
    return generator.generateKeyPair();
  }

  /** As Apple gives it out. */
  static Path write(PrivateKey key, Path file) throws IOException {
    return Files.writeString(
        file,
        "-----BEGIN PRIVATE KEY-----\n"
            + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(key.getEncoded())
            + "\n-----END PRIVATE KEY-----\n");
  }

  static ApnsAccount account(Path keyFile, int port) throws Exception {
    return new ApnsAccount(
        TOPIC, "127.0.0.1", port, ApnsSigningKey.loadFromPkcs8File(keyFile.toFile(), TEAM, KEY_ID));
  }

  static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
      return socket.getLocalPort();
    }
  }

  AppleServer(KeyStore certificate, int port) throws Exception {
    this.certificate = certificate;
    this.server =
        new MockApnsServerBuilder()
            .setServerCredentials(
                new X509Certificate[] {trusted(certificate)},
                (PrivateKey) certificate.getKey("apple", PASSWORD.toCharArray()),
                null)
            .setEventLoopGroup(threads)
            .setHandlerFactory(session -> connected())
            .build();
    this.port = server.start(port).get();
  }

  private PushNotificationHandler connected() {
    connections.incrementAndGet();
    return this::receive;
  }

  private void receive(Http2Headers headers, ByteBuf payload) throws RejectedNotificationException {
    Map<String, String> all = new HashMap<>();
    headers.forEach(header -> all.put(header.getKey().toString(), header.getValue().toString()));
    pushed.add(new Pushed(all, payload.toString(StandardCharsets.UTF_8)));
    if (hanging.getAndUpdate(left -> Math.max(left - 1, 0)) > 0) {
      await();
    }
    RejectionReason rejection = rejections.poll();
    if (rejection != null) {
      throw new RejectedNotificationException(rejection);
    }
  }

  private void await() {
    try {
      boolean _ = end.await(1, TimeUnit.MINUTES);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  X509Certificate trusted() throws Exception {
    return trusted(certificate);
  }

  @Override
  public void close() throws Exception {
    end.countDown();
    server.shutdown().get(1, TimeUnit.MINUTES);
    threads.shutdownGracefully(0, 1, TimeUnit.SECONDS).get();
  }
}
