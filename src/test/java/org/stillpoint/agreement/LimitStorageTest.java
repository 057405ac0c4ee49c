package org.stillpoint.agreement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.stillpoint.testkit.Api.as;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.stillpoint.testkit.Couple;
import org.stillpoint.testkit.Limits;
import org.stillpoint.testkit.StillpointTest;
import org.stillpoint.testkit.Tables;

/** What happens to limits at the same moment, and to whoever changes their rows. */
@StillpointTest
class LimitStorageTest {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private static final Map<String, Object> SOFT =
      Limits.with(Limits.hard("touch", "Ask first", "feet"), "strength", "soft");

  private Couple couple;

  @BeforeEach
  void aFreshCouple() {
    couple = Couple.create();
  }

  private String draw() {
    return Limits.draw(couple, couple.ana(), SOFT).getString("id");
  }

  @Test
  @Tag("S13")
  void ofTwoChangesOfOneVersionOneIsRefused() throws Exception {
    for (int round = 0; round < 5; round++) {
      String id = draw();
      String etag = Limits.etag(couple, couple.ana(), id);
      List<Integer> answers = new ArrayList<>();
      try (var two = Executors.newVirtualThreadPerTaskExecutor()) {
        List<Callable<Integer>> race =
            List.of(
                () -> change(id, etag, Limits.with(SOFT, "strength", "hard")),
                () -> change(id, etag, Limits.with(SOFT, "activities", List.of())));
        for (Future<Integer> answer : two.invokeAll(race)) {
          answers.add(answer.get());
        }
      }

      assertThat(answers).containsExactlyInAnyOrder(200, 412);
      Limits.get(couple, couple.ben(), id).then().statusCode(200);
    }
  }

  private int change(String id, String etag, Map<String, Object> content) {
    return Limits.change(couple, couple.ana(), id, etag, content).statusCode();
  }

  @Test
  @Tag("S32")
  void noLimitOutlivesItsHoldersLeaving() throws Exception {
    assertThat(inThisOrder(this::drawing, this::leaving)).containsExactly(201, 204);
    assertThat(left()).isZero();
  }

  @Test
  @Tag("S32")
  void whoHasLeftDrawsNoLimitAnyMore() throws Exception {
    assertThat(inThisOrder(this::leaving, this::drawing)).containsExactly(204, 404);
    assertThat(left()).isZero();
  }

  private int drawing() {
    return as(couple.ana())
        .contentType(io.restassured.http.ContentType.JSON)
        .body(SOFT)
        .post(couple.path("/limits"))
        .statusCode();
  }

  private int leaving() {
    return as(couple.ana()).delete(couple.path("/members/me")).statusCode();
  }

  private long left() throws Exception {
    return Tables.number(
        "select count(*) from member_limit where relationship_id = ?", couple.relationship());
  }

  /** Both find the membership locked, and go on in the order in which they came. */
  private List<Integer> inThisOrder(Callable<Integer> first, Callable<Integer> second)
      throws Exception {
    try (Connection owner = Tables.connect();
        ExecutorService two = Executors.newVirtualThreadPerTaskExecutor();
        PreparedStatement lock =
            owner.prepareStatement(
                "select from membership where relationship_id = ? and member_id = ? for update")) {
      owner.setAutoCommit(false);
      lock.setObject(1, couple.relationship());
      lock.setObject(2, couple.ana().id());
      lock.execute();
      Future<Integer> one = two.submit(first);
      awaitWaiting(1);
      Future<Integer> other = two.submit(second);
      awaitWaiting(2);
      owner.rollback();
      return List.of(one.get(), other.get());
    }
  }

  private static void awaitWaiting(int requests) throws Exception {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (Tables.number("select count(*) from pg_locks where not granted") < requests) {
      assertThat(System.nanoTime()).as("somebody doesn't wait").isLessThan(deadline);
      Thread.sleep(20);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "update member_limit a set text = b.text, activities = b.activities from member_limit b"
            + " where a.id = ? and b.id <> a.id and b.holder_id = a.holder_id",
        "update member_limit set text = activities where id = ?",
        "update member_limit set text = easing_text, activities = easing_activities where id = ?",
        "update member_limit set version = version + 1 where id = ?"
      })
  @Tag("S33")
  void wordsThatWereMovedAreRefused(String attack) throws Exception {
    String id = draw();
    draw();
    change(id, "*", Limits.with(SOFT, "text", "Never mind"));
    Limits.get(couple, couple.ben(), id).then().statusCode(200);

    assertThat(Tables.change(attack, UUID.fromString(id))).isEqualTo(1);

    assertThat(Limits.get(couple, couple.ana(), id).statusCode()).isEqualTo(500);
  }

  @Test
  @Tag("S33")
  void wordsOfBeforeCannotBePutBack() throws Exception {
    String id = draw();
    try (Connection owner = Tables.connect();
        PreparedStatement keep =
            owner.prepareStatement(
                "create temporary table before as select activities, text from member_limit"
                    + " where id = '"
                    + id
                    + "'");
        PreparedStatement putBack =
            owner.prepareStatement(
                "update member_limit l set activities = b.activities, text = b.text from before b"
                    + " where l.id = '"
                    + id
                    + "'")) {
      keep.execute();
      change(id, "*", Limits.with(SOFT, "activities", List.of()));
      assertThat(putBack.executeUpdate()).isEqualTo(1);
    }

    assertThat(Limits.get(couple, couple.ana(), id).statusCode()).isEqualTo(500);
  }
}
