package org.stillpoint.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.stillpoint.testkit.Api.as;

import io.restassured.http.ContentType;
import java.sql.Connection;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.stillpoint.testkit.Browser;
import org.stillpoint.testkit.Couple;
import org.stillpoint.testkit.Devices;
import org.stillpoint.testkit.Person;
import org.stillpoint.testkit.StillpointTest;
import org.stillpoint.testkit.Tables;

/** Whatever keeps the API busy, a pause is told. */
@StillpointTest
class BusyRequestsTest {
  private static final int REQUESTS = 15;
  private static final String WAITING =
      "select count(distinct pid) from pg_locks where not granted";

  private static int rename(Person person) {
    return as(person)
        .contentType(ContentType.JSON)
        .body(Map.of("displayName", "Carl"))
        .patch("/v1/me")
        .statusCode();
  }

  @Test
  @Tag("S1")
  void aPauseIsToldWhileRequestsHangInTheDatabase() throws Exception {
    Couple couple = Couple.create();
    UUID device = Devices.registered(couple.ben(), Browser.subscribe());
    Person carl = Person.adult("carl");
    try (Connection owner = Tables.connect();
        Statement lock = owner.createStatement();
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      owner.setAutoCommit(false);
      lock.execute("select from member where id = '" + carl.id() + "' for update");
      List<Future<Integer>> answers = new ArrayList<>();
      for (int i = 0; i < REQUESTS; i++) {
        answers.add(threads.submit(() -> rename(carl)));
      }
      long deadline = System.nanoTime() + 20_000_000_000L;
      while (Tables.number(WAITING) < 10) {
        assertThat(System.nanoTime()).isLessThan(deadline);
        Thread.sleep(50);
      }

      couple.tap(couple.ana());

      Devices.pushed(couple.ben(), device, 1);
      assertThat(Tables.number(WAITING)).as("They still hang").isGreaterThanOrEqualTo(10);
      assertThat(answers).noneMatch(Future::isDone);
      owner.rollback();
      for (Future<Integer> answer : answers) {
        assertThat(answer.get()).isEqualTo(200);
      }
    }
  }
}
