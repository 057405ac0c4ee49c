package org.stillpoint.privacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.is;
import static org.stillpoint.testkit.Api.as;

import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.stillpoint.testkit.Couple;
import org.stillpoint.testkit.Json;
import org.stillpoint.testkit.Person;
import org.stillpoint.testkit.StillpointTest;
import org.stillpoint.testkit.Tables;

/** A member sees which app has got at the member's own data, and nothing of others. */
@StillpointTest
class AccessLogTest {
  @Inject AccessCounts counts;

  private Couple couple;

  @BeforeEach
  void aFreshCouple() {
    couple = Couple.create();
  }

  private JsonPath log(Person person) {
    counts.store();
    return as(person)
        .get("/v1/me/access-log")
        .then()
        .statusCode(200)
        .extract()
        .as(Json.class, Json.READER);
  }

  /** How often the log says that an app did something of this kind. */
  private int times(Person person, String client, String kind) {
    return log(person)
        .getList(
            "data.findAll { it.clientId == '" + client + "' && it.kind == '" + kind + "' }.times",
            Integer.class)
        .stream()
        .mapToInt(Integer::intValue)
        .sum();
  }

  @Test
  @Tag("S29")
  void whatAnAppDoesIsCountedByItsKind() {
    Person phone = couple.ana().through("phone");
    Person tablet = couple.ana().through("tablet");
    for (int i = 0; i < 5; i++) {
      as(phone).get("/v1/me").then().statusCode(200);
    }
    as(tablet).get(couple.path("/pauses")).then().statusCode(200);

    assertThat(times(couple.ana(), "phone", "profile:read")).isEqualTo(5);
    assertThat(times(couple.ana(), "phone", "client.firstUsed")).isEqualTo(1);
    assertThat(times(couple.ana(), "tablet", "pauses:read")).isEqualTo(1);
    assertThat(times(couple.ana(), "tablet", "profile:read")).isZero();
  }

  @Test
  @Tag("S29")
  void whatIsDoneSeldomHasARowOfItsOwn() {
    as(couple.ana().through("phone")).get("/v1/me").then().statusCode(200);
    String phone =
        as(couple.ana())
            .get("/v1/me/clients")
            .as(Json.class, Json.READER)
            .get("data.find { it.clientId == 'phone' }.id");
    as(couple.ana()).delete("/v1/me/clients/{id}", phone).then().statusCode(204);
    as(couple.ana()).post("/v1/me/clients/{id}/readmission", phone).then().statusCode(200);
    as(couple.ana())
        .contentType(ContentType.JSON)
        .body(Map.of("accessLogDays", 7))
        .patch("/v1/me/retention")
        .then()
        .statusCode(200);

    JsonPath log = log(couple.ana());
    assertThat(log.getList("data.kind", String.class))
        .contains("client.cutOff", "client.readmitted", "retention.changed");
    assertThat(log.getString("data.find { it.kind == 'client.cutOff' }.resourceId"))
        .isEqualTo(phone);
    assertThat(log.getString("data.find { it.kind == 'client.cutOff' }.clientId"))
        .isEqualTo("sandbox-app");
  }

  @Test
  @Tag("S29")
  @Tag("S31")
  void whatThePartnerReadsLeavesNoTraceInMyLog() {
    as(couple.ana())
        .contentType(ContentType.JSON)
        .body(Map.of("displayName", "Ana"))
        .patch("/v1/me");
    var pause = couple.tap(couple.ana());
    log(couple.ana());
    String before =
        log(couple.ana()).getList("data.findAll { it.kind != 'privacy:read' }").toString();

    Person ben = couple.ben().through("spy");
    as(ben).get(couple.path("/members")).then().statusCode(200);
    as(ben).get(couple.path("/pauses/" + pause)).then().statusCode(200);
    as(ben).put(couple.path("/pauses/" + pause + "/acknowledgement")).then().statusCode(204);

    assertThat(log(couple.ana()).getList("data.findAll { it.kind != 'privacy:read' }"))
        .hasToString(before);
    assertThat(times(couple.ben(), "spy", "pauses:read")).isEqualTo(1);
  }

  @Test
  @Tag("S1")
  void aTapWritesNothingIntoTheLog() throws SQLException {
    couple.tap(couple.ana());
    List<String> before = ofAna();

    couple.tap(couple.ana(), "red").then().statusCode(200);

    assertThat(ofAna()).isEqualTo(before);
  }

  private List<String> ofAna() throws SQLException {
    counts.store();
    try (Connection owner = Tables.connect()) {
      return Tables.column(
          owner,
          "select kind || times from access_log where member_id = '"
              + couple.ana().id()
              + "' order by kind");
    }
  }

  @Test
  void whatFailsIsNotAnAccess() {
    as(couple.ana().through("phone")).get(couple.path("/pauses/" + couple.relationship()));

    assertThat(times(couple.ana(), "phone", "pauses:read")).isZero();
  }

  @Test
  void itComesNewestFirstPageByPage() {
    as(couple.ana().through("phone")).get("/v1/me").then().statusCode(200);
    List<String> all = log(couple.ana()).getList("data.occurredAt", String.class);
    assertThat(all).isSortedAccordingTo(java.util.Comparator.reverseOrder()).hasSizeGreaterThan(3);

    JsonPath first =
        as(couple.ana())
            .get("/v1/me/access-log?limit=2")
            .then()
            .extract()
            .as(Json.class, Json.READER);
    JsonPath second =
        as(couple.ana())
            .get("/v1/me/access-log?limit=2&cursor=" + first.getString("nextCursor"))
            .then()
            .body("data.size()", is(2))
            .extract()
            .as(Json.class, Json.READER);
    assertThat(Set.copyOf(first.getList("data.id")))
        .doesNotContainAnyElementsOf(second.getList("data.id"));
  }

  @Test
  void scopesAreAsked() {
    as(couple.ana().with(Map.of("scope", "profile:read profile:write")))
        .get("/v1/me/access-log")
        .then()
        .statusCode(403);
    as(couple.ana()).get("/v1/me/access-log").then().body("data.kind", hasItems("profile:write"));
  }
}
