package org.stillpoint.api.paging;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;

import io.restassured.response.Response;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.stillpoint.api.problem.ProblemException;
import org.stillpoint.testkit.StillpointTest;

@StillpointTest
class PageTest {
  @Test
  void everythingIsListedOnceByFollowingTheLinks() {
    List<Integer> seen = new ArrayList<>();
    String query = "?limit=7&colour=RED";
    while (query != null) {
      Response page = given().urlEncodingEnabled(false).get("/v1/trial/list" + query);
      seen.addAll(page.path("data"));
      String link = page.header("Link");
      query = link == null ? null : link.replaceAll("^<|>; rel=\"next\"$", "");
      assertThat(page.<Boolean>path("hasMore")).isEqualTo(query != null);
      if (query != null) {
        assertThat(query).isEqualTo("?limit=7&colour=RED&cursor=" + page.path("nextCursor"));
      }
    }

    assertThat(seen).isEqualTo(IntStream.range(0, 60).boxed().toList());
  }

  @Test
  void aPageHasTwentyFiveItemsUnasked() {
    given().get("/v1/trial/list").then().body("data", hasSize(25)).body("hasMore", is(true));
  }

  @Test
  void theLastPageHasNoCursor() {
    given()
        .get("/v1/trial/list?limit=60")
        .then()
        .body("data", hasSize(60))
        .body("hasMore", is(false))
        .body("nextCursor", nullValue())
        .header("Link", nullValue());
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1", "101", "x", "1.5", "99999999999"})
  void aBadLimitIsNamed(String limit) {
    given()
        .get("/v1/trial/list?limit=" + limit)
        .then()
        .statusCode(400)
        .body("code", is("validation-failed"))
        .body("errors.parameter", is(List.of("?limit")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "!!!", "AQIAAAAAAAAABw1", "AgIAAAAAAAAABw", "AQEAAAAAAAAABw"})
  void aCursorFromElsewhereIsRefused(String cursor) {
    given()
        .get("/v1/trial/list?cursor=" + cursor)
        .then()
        .statusCode(400)
        .body("code", is("cursor-invalid"));
  }

  @Test
  void aCursorComesBackAsItWas() {
    var byTime = new Cursor.ByTime(Instant.parse("2026-01-31T12:00:00.123456Z"), UUID.randomUUID());
    assertThat(Cursor.ByTime.decode(byTime.encode())).isEqualTo(byTime);
    assertThat(Cursor.ByNumber.decode(new Cursor.ByNumber(7).encode()).number()).isEqualTo(7);
    assertThatThrownBy(() -> Cursor.ByNumber.decode(byTime.encode()))
        .isInstanceOf(ProblemException.class);
  }
}
