package org.stillpoint.checkin;

import static org.assertj.core.api.Assertions.assertThat;

import io.restassured.response.Response;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.stillpoint.testkit.CheckInSeries;
import org.stillpoint.testkit.Couple;
import org.stillpoint.testkit.SandboxClock;
import org.stillpoint.testkit.StillpointTest;
import org.stillpoint.testkit.Tables;

/** Two at once, and the job beside them: one outcome. */
@SuppressWarnings("NullAway.Init")
@StillpointTest
class CheckInSeriesRaceTest {
  private static final int TIMES = 4;

  private Couple couple;

  @BeforeEach
  void aCouple() {
    couple = Couple.create();
  }

  private static List<Integer> both(Callable<Response> one, Callable<Response> other)
      throws Exception {
    CyclicBarrier start = new CyclicBarrier(2);
    try (ExecutorService pool = Executors.newFixedThreadPool(2)) {
      List<Future<Integer>> answers =
          Stream.of(one, other)
              .map(
                  call ->
                      pool.submit(
                          () -> {
                            start.await();
                            return call.call().statusCode();
                          }))
              .toList();
      return List.of(answers.get(0).get(), answers.get(1).get());
    }
  }

  @RepeatedTest(TIMES)
  void theLastPlaceIsTakenOnce() throws Exception {
    for (int time = 0; time < 4; time++) {
      CheckInSeries.created(couple, couple.ana(), CheckInSeries.plan());
    }

    assertThat(
            both(
                () -> CheckInSeries.create(couple, couple.ana(), CheckInSeries.plan()),
                () -> CheckInSeries.create(couple, couple.ben(), CheckInSeries.plan())))
        .containsExactlyInAnyOrder(201, 409);
  }

  /**
   * The job is at work on it, by hand, when it is ended: what it makes is skipped with the rest.
   */
  @Test
  void whatTheJobIsMakingEndsToo() throws Exception {
    String id =
        CheckInSeries.created(
                couple,
                couple.ana(),
                CheckInSeries.plan(Duration.ofDays(1), "FREQ=DAILY;COUNT=100"))
            .getString("id");
    CompletableFuture<Integer> ended;
    try (Connection job = Tables.connectAs("worker");
        Statement sql = job.createStatement()) {
      job.setAutoCommit(false);
      sql.execute("select next_at from check_in_series where id = '" + id + "' for no key update");
      ended =
          CompletableFuture.supplyAsync(
              () -> CheckInSeries.end(couple, couple.ben(), id).statusCode());
      Thread.sleep(300);
      assertThat(ended).isNotDone();
      sql.execute(
          "select make_occurrences(relationship_id, id, array[next_start], array[next_at],"
              + " next_start + interval '1 day', next_at + interval '1 day', now())"
              + " from check_in_series where id = '"
              + id
              + "'");
      job.commit();
    }

    assertThat(ended.get()).isEqualTo(200);
    assertThat(CheckInSeries.occurrences(couple, couple.ana(), id).<String>getList("data.state"))
        .hasSize(61)
        .containsOnly("skipped");
  }

  /** Of two replicas one makes them; and a second time changes nothing. */
  @Test
  void eachIsMadeOnce() throws Exception {
    String id =
        CheckInSeries.created(
                couple,
                couple.ana(),
                CheckInSeries.plan(Duration.ofDays(1), "FREQ=DAILY;COUNT=100"))
            .getString("id");
    try (Connection job = Tables.connectAs("worker");
        Statement sql = job.createStatement()) {
      sql.execute(
          "select make_occurrences(s.relationship_id, s.id, array_agg(c.original_start),"
              + " array_agg(s.next_at), s.next_start, s.next_at, now())"
              + " from check_in_series s join check_in c on c.series_id = s.id"
              + " where s.id = '"
              + id
              + "' group by s.relationship_id, s.id, s.next_start, s.next_at");
    }
    assertThat(CheckInSeries.ids(couple, couple.ana(), id)).hasSize(60);
    assertThat(
            Tables.number(
                "select count(*) from check_in_item i join check_in c"
                    + " on c.relationship_id = i.relationship_id and c.id = i.check_in_id"
                    + " where c.series_id = ?",
                UUID.fromString(id)))
        .isEqualTo(60);
    SandboxClock.advance(Duration.ofDays(1));
    CheckInSeriesTest.await(() -> CheckInSeries.ids(couple, couple.ana(), id).size() == 61);
  }
}
