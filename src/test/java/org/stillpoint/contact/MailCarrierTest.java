package org.stillpoint.contact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.vertx.core.Vertx;
import io.vertx.ext.mail.MailConfig;
import jakarta.mail.internet.MimeMessage;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.stillpoint.contact.EmailConfig.Tls;
import org.stillpoint.delivery.Outcome;
import org.stillpoint.delivery.Parcel;
import org.stillpoint.delivery.Response;
import org.stillpoint.delivery.UnreachableException;

/** What a mail server gets, and what is made of its answers. */
class MailCarrierTest {
  private static final String TEXT = "In der App gibt es etwas Neues. Für dich.";

  private record Settings(
      Optional<String> host,
      int port,
      Optional<String> user,
      Optional<String> password,
      Optional<String> from,
      Tls tls)
      implements EmailConfig {

    static Settings of(int port, Tls tls) {
      return new Settings(
          Optional.of("127.0.0.1"),
          port,
          Optional.empty(),
          Optional.empty(),
          Optional.of("notices@example.org"),
          tls);
    }
  }

  private final Vertx vertx = Vertx.vertx();

  @AfterEach
  void everythingIsClosed() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  private MailCarrier carrier(Settings settings, int seconds) {
    return new MailCarrier(
        vertx,
        new MailServer(settings, false),
        settings,
        Duration.ofSeconds(seconds),
        new MailConfig());
  }

  private Response send(Settings settings) throws Exception {
    return carrier(settings, 3).send(mail(settings, "ben@example.net", true));
  }

  private static Parcel mail(Settings settings, String to, boolean urgent) {
    return new Parcel(
        "email",
        UUID.randomUUID(),
        UUID.randomUUID(),
        UUID.randomUUID(),
        new MailServer(settings, false).address(),
        Map.of(
            "From",
            "notices@example.org",
            "To",
            to,
            "Subject",
            "Eine Nachricht für dich",
            "Message-ID",
            "<0123456789abcdef@example.org>",
            "Auto-Submitted",
            "auto-generated"),
        TEXT.getBytes(StandardCharsets.UTF_8),
        Parcel.Trust.OPERATOR,
        TEXT,
        urgent);
  }

  private static GreenMail mailbox(String protocol) {
    GreenMail mailbox = new GreenMail(new ServerSetup(0, "127.0.0.1", protocol));
    mailbox.setUser("ben@example.net", "ben", "hush");
    mailbox.start();
    return mailbox;
  }

  @Test
  @Tag("S30")
  void aMailboxGetsAPlainTextAndNothingElse() throws Exception {
    GreenMail mailbox = mailbox("smtp");
    try {
      Settings plain = Settings.of(mailbox.getSmtp().getPort(), Tls.NONE);
      Settings known =
          new Settings(
              plain.host(),
              plain.port(),
              Optional.of("ben"),
              Optional.of("hush"),
              plain.from(),
              Tls.NONE);
      assertThat(send(plain).status()).isEqualTo(200);
      assertThat(send(known).status()).isEqualTo(200);

      MimeMessage[] received = mailbox.getReceivedMessages();
      assertThat(received).hasSize(2);
      MimeMessage mail = received[0];
      assertThat(mail.getSubject()).isEqualTo("Eine Nachricht für dich");
      assertThat(mail.getContent().toString().strip()).isEqualTo(TEXT);
      assertThat(mail.getContentType()).startsWith("text/plain");
      assertThat(mail.getAllRecipients())
          .extracting(Object::toString)
          .containsExactly("ben@example.net");
      assertThat(mail.getHeader("Auto-Submitted")).containsExactly("auto-generated");
      assertThat(mail.getMessageID()).isEqualTo("<0123456789abcdef@example.org>");
      assertThat(received[1].getMessageID()).isEqualTo(mail.getMessageID());
      List<String> names =
          Collections.list(mail.getAllHeaders()).stream()
              .map(jakarta.mail.Header::getName)
              .toList();
      assertThat(names)
          .contains("From", "To", "Subject", "Date", "Message-ID", "Auto-Submitted")
          .doesNotHaveDuplicates()
          .isSubsetOf(
              "Return-Path",
              "Received",
              "From",
              "To",
              "Subject",
              "Date",
              "Message-ID",
              "MIME-Version",
              "Content-Type",
              "Content-Transfer-Encoding",
              "Auto-Submitted");
    } finally {
      mailbox.stop();
    }
  }

  @Test
  void nothingIsSentInTheOpenUnlessTheOperatorSaysSo() {
    GreenMail mailbox = mailbox("smtp");
    try {
      Settings settings = Settings.of(mailbox.getSmtp().getPort(), Tls.REQUIRED);

      assertThatThrownBy(() -> send(settings)).isInstanceOf(UnreachableException.class);
      assertThat(mailbox.getReceivedMessages()).isEmpty();
    } finally {
      mailbox.stop();
    }
  }

  @Test
  void aServerThatProvesNothingGetsNothing() {
    GreenMail mailbox = mailbox("smtps");
    try {
      Settings settings = Settings.of(mailbox.getSmtps().getPort(), Tls.IMPLICIT);

      assertThatThrownBy(() -> send(settings)).isInstanceOf(UnreachableException.class);
      assertThat(mailbox.getReceivedMessages()).isEmpty();
    } finally {
      mailbox.stop();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "250 OK, HANDED_OVER",
    "550 5.1.1 No such user ben@example.net, GONE",
    "550 5.2.1 Disabled, GONE",
    "550 5.7.1 We don't like you, REFUSED",
    "554 No, REFUSED",
    "530 5.7.0 Log in first, LATER",
    "450 4.2.1 Later, LATER",
    "421 4.3.2 Closing, LATER"
  })
  void anAnswerIsUnderstood(String reply, Outcome outcome) throws Exception {
    try (SmtpStub server = SmtpStub.answering(reply)) {
      Response response = send(Settings.of(server.port(), Tls.NONE));

      assertThat(Outcome.ofHttp(response.status())).isEqualTo(outcome);
      assertThat(response.toString()).doesNotContain("ben");
    }
  }

  @Test
  @Tag("S1")
  void aPauseWaitsForNoOtherMailAndNothingIsSentForWhoeverHasGone() throws Exception {
    try (SmtpStub server = SmtpStub.answering("250 OK");
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Settings settings = Settings.of(server.port(), Tls.NONE);
      MailCarrier carrier = carrier(settings, 10);
      List<Future<Response>> others = new ArrayList<>();
      for (int i = 0; i < 25; i++) {
        others.add(threads.submit(() -> carrier.send(mail(settings, "slow@example.net", false))));
      }
      for (int i = 0; i < 800 && server.slow() < 20; i++) {
        Thread.sleep(10);
      }
      assertThat(server.slow()).isEqualTo(20);

      assertThat(carrier.send(mail(settings, "ben@example.net", true)).status()).isEqualTo(200);

      assertThat(others).noneMatch(Future::isDone);
      for (Future<Response> other : others) {
        assertThatThrownBy(other::get).hasCauseInstanceOf(UnreachableException.class);
      }
      Thread.sleep(500);
      assertThat(server.slow()).as("None more came").isEqualTo(20);
    }
  }

  @Test
  void whoDoesNotAnswerIsTriedLater() throws Exception {
    int port;
    try (SmtpStub server = SmtpStub.silent()) {
      port = server.port();
      assertThatThrownBy(() -> send(Settings.of(port, Tls.NONE)))
          .isInstanceOf(UnreachableException.class);
    }
    assertThatThrownBy(() -> send(Settings.of(port, Tls.NONE)))
        .isInstanceOf(UnreachableException.class)
        .hasMessage("refused")
        .hasNoCause();
  }

  @Test
  void withoutSettingsNobodySendsOutsideOfASandbox() {
    Settings none =
        new Settings(
            Optional.empty(),
            587,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Tls.REQUIRED);

    assertThat(new MailServer(none, false).isSetUp()).isFalse();
    assertThat(new MailServer(none, true).isSetUp()).isTrue();
  }
}
