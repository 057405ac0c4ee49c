package org.stillpoint.relationship;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.hasSize;
import static org.stillpoint.testkit.Api.as;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.stillpoint.testkit.Couple;
import org.stillpoint.testkit.Json;
import org.stillpoint.testkit.Person;
import org.stillpoint.testkit.StillpointTest;
import org.stillpoint.testkit.Tables;

/** What happens to an invitation at the same moment happens in some order. */
@StillpointTest
class InvitationRaceTest {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private Person cleo;
  private Couple couple;
  private String code;
  private String etag;
  private String assent;

  @BeforeEach
  void aCoupleThatHasAssentedToCleo() {
    cleo = Person.adult("cleo");
    couple = Couple.create();
    var invitation = couple.invitation(couple.ana());
    code = invitation.getString("code");
    assent = couple.path("/invitations/" + invitation.getString("id") + "/assents/me");
    as(couple.ben()).put(assent).then().statusCode(200);
    etag = as(cleo).get("/v1/invitations/{code}", code).then().extract().header("ETag");
  }

  private int accept() {
    return as(cleo)
        .header("If-Match", etag)
        .post("/v1/invitations/{code}/acceptance", code)
        .statusCode();
  }

  private int withdraw() {
    return as(couple.ben()).delete(assent).statusCode();
  }

  @Test
  @Tag("S16")
  void aYesThatIsTakenBackFirstKeepsTheDoorShut() throws Exception {
    assertThat(inThisOrder(this::withdraw, this::accept)).containsExactly(204, 404);

    as(couple.ana()).get(couple.path("/members")).then().body("data", hasSize(2));
  }

  @Test
  @Tag("S16")
  void aYesThatWasUsedFirstCantBeTakenBack() throws Exception {
    assertThat(inThisOrder(this::accept, this::withdraw)).containsExactly(200, 404);

    as(couple.ana()).get(couple.path("/members")).then().body("data", hasSize(3));
  }

  /** Both find the relationship locked, and go on in the order in which they came. */
  private List<Integer> inThisOrder(Callable<Integer> first, Callable<Integer> second)
      throws Exception {
    try (Connection owner = Tables.connect();
        ExecutorService two = Executors.newVirtualThreadPerTaskExecutor()) {
      owner.setAutoCommit(false);
      lockTheRelationship(owner);
      Future<Integer> one = two.submit(first);
      awaitWaiting(1);
      Future<Integer> other = two.submit(second);
      awaitWaiting(2);
      owner.rollback();
      return List.of(one.get(), other.get());
    }
  }

  private void lockTheRelationship(Connection owner) throws SQLException {
    try (PreparedStatement lock =
        owner.prepareStatement("select from relationship where id = ? for update")) {
      lock.setObject(1, couple.relationship());
      lock.execute();
    }
  }

  private static void awaitWaiting(int requests) throws Exception {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (Tables.number("select count(*) from pg_locks where not granted") < requests) {
      assertThat(System.nanoTime()).as("somebody doesn't wait").isLessThan(deadline);
      Thread.sleep(20);
    }
  }

  @Test
  void oneMemberHasAtMostTwelveOpenInvitationsAlsoInARace() throws Exception {
    String path = couple.path("/invitations");
    List<Callable<Integer>> race =
        IntStream.range(0, 15)
            .<Callable<Integer>>mapToObj(i -> () -> as(couple.ben()).post(path).statusCode())
            .toList();
    List<Integer> answers = new ArrayList<>();
    try (var senders = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<Integer> answer : senders.invokeAll(race)) {
        answers.add(answer.get());
      }
    }

    assertThat(answers).containsOnly(201, 409);
    assertThat(answers.stream().filter(status -> status == 201)).hasSize(12);
    assertThat(as(couple.ben()).post(path).then().extract().<String>path("code"))
        .isEqualTo("too-many-invitations");
    String own =
        as(couple.ben())
            .get(path + "?limit=100")
            .then()
            .extract()
            .as(Json.class, Json.READER)
            .get("data.find { it.inviterId == '" + couple.ben().id() + "' }.id");
    as(couple.ben()).delete(path + "/" + own).then().statusCode(204);
    as(couple.ben()).post(path).then().statusCode(201);
  }
}
