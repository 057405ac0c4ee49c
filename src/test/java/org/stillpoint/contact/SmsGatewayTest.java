package org.stillpoint.contact;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.stillpoint.delivery.HttpCarrier;
import org.stillpoint.delivery.Outcome;
import org.stillpoint.delivery.Parcel;
import org.stillpoint.testkit.StillpointTest;

/** What somebody who sends SMS gets, and what is made of the answers. */
@SuppressWarnings("NullAway.Init")
@StillpointTest
class SmsGatewayTest {
  private record Settings(
      Optional<URI> url, Optional<String> user, Optional<String> password, Optional<String> from)
      implements SmsConfig {}

  @Inject HttpCarrier http;

  private HttpServer server;
  private String received = "";
  private int status = 201;
  private String answer = "{\"sid\": \"SM1\"}";

  @BeforeEach
  void somebodySendsSms() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          received =
              String.join(
                  "\n",
                  exchange.getRequestMethod() + " " + exchange.getRequestURI(),
                  exchange.getRequestHeaders().getFirst("Authorization"),
                  exchange.getRequestHeaders().getFirst("Content-Type"),
                  new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
          byte[] body = answer.getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(status, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void itStops() {
    server.stop(0);
  }

  private TwilioGateway gateway() {
    URI url =
        URI.create(
            "http://127.0.0.1:"
                + server.getAddress().getPort()
                + "/2010/Accounts/AC1/Messages.json");
    return new TwilioGateway(
        new Settings(
            Optional.of(url), Optional.of("AC1"), Optional.of("hush"), Optional.of("+1555")),
        false,
        new ObjectMapper());
  }

  private Outcome send(String text) throws Exception {
    TwilioGateway gateway = gateway();
    SmsGateway.Post post = gateway.post("+491701234567", text);
    return gateway.outcome(
        http.send(
            new Parcel(
                "sms",
                UUID.randomUUID(),
                UUID.randomUUID(),
                UUID.randomUUID(),
                post.to(),
                post.headers(),
                post.body(),
                Parcel.Trust.OPERATOR,
                text,
                true)));
  }

  @Test
  @Tag("S30")
  void itGetsNumberAndTextAndNothingElse() throws Exception {
    assertThat(send("Ruf mich an & ü")).isEqualTo(Outcome.HANDED_OVER);

    assertThat(received)
        .isEqualTo(
            """
            POST /2010/Accounts/AC1/Messages.json
            Basic QUMxOmh1c2g=
            application/x-www-form-urlencoded
            To=%2B491701234567&From=%2B1555&Body=Ruf+mich+an+%26+%C3%BC""");
  }

  @ParameterizedTest
  @CsvSource({
    "400, 21610, GONE",
    "400, 21211, REFUSED",
    "400, 21614, REFUSED",
    "401, 20003, LATER",
    "403, 20403, LATER",
    "404, 20404, LATER",
    "429, 20429, LATER",
    "500, 20500, LATER",
    "503, 0, LATER"
  })
  void anAnswerIsUnderstood(int itsStatus, int code, Outcome outcome) throws Exception {
    status = itsStatus;
    answer = "{\"code\": " + code + ", \"message\": \"of +491701234567\"}";

    assertThat(send("Hi")).isEqualTo(outcome);
  }

  @Test
  void anAnswerThatIsNoJsonIsUnderstoodByItsStatus() throws Exception {
    status = 502;
    answer = "<html>";

    assertThat(send("Hi")).isEqualTo(Outcome.LATER);
  }

  @Test
  void withoutSettingsNobodySendsOutsideOfASandbox() {
    Settings none =
        new Settings(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    assertThat(new TwilioGateway(none, false, new ObjectMapper()).isSetUp()).isFalse();
    assertThat(new TwilioGateway(none, true, new ObjectMapper()).isSetUp()).isTrue();
  }
}
