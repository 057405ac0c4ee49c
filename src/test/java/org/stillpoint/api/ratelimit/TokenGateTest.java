package org.stillpoint.api.ratelimit;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.restassured.RestAssured;
import io.vertx.core.net.SocketAddress;
import jakarta.inject.Inject;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.stillpoint.testkit.Couple;
import org.stillpoint.testkit.Person;
import org.stillpoint.testkit.StillpointTest;

@StillpointTest
class TokenGateTest {
  @Inject RateLimitConfig limits;

  private int moreThanAMinuteAllows() {
    return limits.failedLoginsPerMinute() * 5 / 4;
  }

  /** Somebody behind an address of their own. */
  private static HttpResponse<String> call(
      HttpClient client, String method, String path, String token) throws Exception {
    return client.send(
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + RestAssured.port + path))
            .header("Authorization", "Bearer " + token)
            .method(method, BodyPublishers.noBody())
            .build(),
        BodyHandlers.ofString());
  }

  @Test
  @Tag("S1")
  void whoeverGuessesTokensWaitsAndHoldsUpNobodyElse() throws Exception {
    Couple couple = Couple.create();
    given().auth().oauth2(couple.ana().token()).get("/v1/me").then().statusCode(200);
    Person unknown = couple.ben().through("another-app");
    String bad = couple.ben().token().replaceFirst(".{8}$", "AAAAAAAA");
    try (HttpClient there =
        HttpClient.newBuilder().localAddress(InetAddress.getByName("127.0.0.9")).build()) {
      for (int i = 0; i < moreThanAMinuteAllows(); i++) {
        call(there, "GET", "/v1/me", bad);
      }
      HttpResponse<String> refused = call(there, "GET", "/v1/me", bad + "A");
      // More are allowed each second, and some of them may have come just now.
      for (int i = 0; i < 30 && refused.statusCode() != 429; i++) {
        refused = call(there, "GET", "/v1/me", bad + "A");
      }

      assertThat(refused.statusCode()).isEqualTo(429);
      assertThat(refused.body()).contains("\"code\":\"rate-limited\"");
      assertThat(refused.headers().firstValue("Retry-After")).hasValue("1");
      assertThat(call(there, "POST", couple.path("/pauses"), bad).statusCode()).isEqualTo(401);
      assertThat(call(there, "GET", "/v1/me", couple.ana().token()).statusCode()).isEqualTo(200);

      String fresh = Person.token(Map.of("subject", couple.ana().subject()));
      assertThat(call(there, "POST", couple.path("/pauses"), fresh).statusCode()).isEqualTo(200);
    }
    given().auth().oauth2(unknown.token()).get("/v1/me").then().statusCode(200);
    given().auth().oauth2(bad).get("/v1/me").then().statusCode(401);
  }

  @Test
  void nobodyBecomesSomebodyElseByAHeader() throws Exception {
    try (HttpClient there =
        HttpClient.newBuilder().localAddress(InetAddress.getByName("127.0.0.10")).build()) {
      int status = 401;
      for (int i = 0; i < moreThanAMinuteAllows() && status == 401; i++) {
        String claimed = "198.51.100." + i;
        status =
            there
                .send(
                    HttpRequest.newBuilder(
                            URI.create("http://127.0.0.1:" + RestAssured.port + "/v1/me"))
                        .header("Authorization", "Bearer guess-" + i)
                        .header("X-Forwarded-For", claimed)
                        .header("Forwarded", "for=" + claimed)
                        .build(),
                    BodyHandlers.discarding())
                .statusCode();
      }
      assertThat(status).isEqualTo(429);
    }
  }

  @Test
  void oneSubscriberOfIpv6IsOneNetwork() {
    assertThat(Networks.of(address("2001:db8:1:2::3")))
        .isEqualTo(Networks.of(address("2001:db8:1:2:ffff::4")))
        .isNotEqualTo(Networks.of(address("2001:db8:1:3::3")));
    assertThat(Networks.of(address("192.0.2.7"))).isNotEqualTo(Networks.of(address("192.0.2.8")));
    assertThat(Networks.of(null)).isEmpty();
  }

  private static SocketAddress address(String host) {
    return SocketAddress.inetSocketAddress(1, host);
  }
}
