package org.stillpoint.api.ratelimit;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.stillpoint.testkit.StillpointTest;

/** The settings of README.md for a proxy: its clients count, and not the proxy. */
@StillpointTest
@TestProfile(BehindAProxyTest.Settings.class)
class BehindAProxyTest {
  private static final int MORE_THAN_ALLOWED = 8;

  /** What an operator sets, and few failures to wait for. */
  public static class Settings implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of(
          "quarkus.http.proxy.proxy-address-forwarding", "true",
          "quarkus.http.proxy.trusted-proxies", "127.0.0.1",
          "stillpoint.rate-limit.failed-logins-per-minute", "5");
    }
  }

  private static int guess(String client) {
    return given()
        .header("X-Forwarded-For", client)
        .auth()
        .oauth2("guess")
        .get("/v1/me")
        .statusCode();
  }

  @Test
  void eachClientOfTheProxyCountsForItself() {
    int status = 401;
    for (int i = 0; i < MORE_THAN_ALLOWED && status == 401; i++) {
      status = guess("198.51.100.7");
    }

    assertThat(status).isEqualTo(429);
    assertThat(guess("198.51.100.8")).isEqualTo(401);
  }
}
