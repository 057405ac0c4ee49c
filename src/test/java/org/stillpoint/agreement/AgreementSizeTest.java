package org.stillpoint.agreement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.stillpoint.testkit.Api.as;

import io.restassured.response.Response;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManagerFactory;
import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.hibernate.SessionFactory;
import org.hibernate.stat.Statistics;
import org.junit.jupiter.api.Test;
import org.stillpoint.testkit.Agreements;
import org.stillpoint.testkit.BigAgreement;
import org.stillpoint.testkit.Couple;
import org.stillpoint.testkit.Json;
import org.stillpoint.testkit.SandboxClock;
import org.stillpoint.testkit.StillpointTest;
import org.stillpoint.testkit.Tables;

/** What is in force takes a handful of statements, however much was ever agreed. */
@StillpointTest
class AgreementSizeTest {
  private static final int TERMS = 300;
  private static final int VERSIONS = 200;
  private static final int A_HANDFUL = 8;
  private static final int SIGNALS = 8;

  /** A row changed and an entry in the history. */
  private static final int OF_EACH = 2;

  @Inject EntityManagerFactory entities;

  private static Couple thatAgreed(int terms) {
    Couple couple = Couple.create();
    List<Map<String, Object>> clauses =
        IntStream.range(0, terms)
            .mapToObj(i -> Agreements.permits(couple, "touch", "way-" + i))
            .toList();
    String draft =
        Agreements.json(Agreements.draft(couple, couple.ana(), clauses), 201).getString("id");
    var version = Agreements.json(Agreements.propose(couple, couple.ana(), draft), 201);
    for (int i = 0; i < terms; i++) {
      Agreements.assent(couple, couple.ben(), version, i).then().statusCode(200);
    }
    SandboxClock.advance(Duration.ofHours(25));
    return couple;
  }

  private long statements(Supplier<Response> request) {
    Statistics statistics = entities.unwrap(SessionFactory.class).getStatistics();
    statistics.setStatisticsEnabled(true);
    try {
      statistics.clear();
      request.get().then().statusCode(200);
      return statistics.getPrepareStatementCount();
    } finally {
      statistics.setStatisticsEnabled(false);
    }
  }

  private static Supplier<Response> get(Couple couple, String path) {
    return () -> as(couple.ben()).get(couple.path(path));
  }

  @Test
  void threeHundredTermsOfTwoHundredVersionsTakeAsManyStatementsAsOne() throws Exception {
    long ofOne = statements(get(thatAgreed(1), "/in-force"));
    Couple couple = thatAgreed(TERMS);
    try (Connection owner = Tables.connect()) {
      BigAgreement.addPast(owner, couple.relationship(), VERSIONS - 1);
    }

    assertThat(statements(get(couple, "/in-force")))
        .isEqualTo(ofOne)
        .isLessThanOrEqualTo(A_HANDFUL);
    assertThat(Agreements.inForce(couple, couple.ben(), "").getList("permissions")).hasSize(TERMS);
    assertThat(statements(get(couple, "/agreements"))).isLessThanOrEqualTo(A_HANDFUL);
    String agreement = "/agreements/" + firstAgreement(couple);
    assertThat(statements(() -> as(couple.ben()).delete(couple.path(agreement))))
        .isLessThanOrEqualTo((long) OF_EACH * TERMS + 2 * A_HANDFUL);
    assertThat(Agreements.inForce(couple, couple.ben(), "").getList("permissions")).isEmpty();
  }

  private static String firstAgreement(Couple couple) {
    return as(couple.ben())
        .get(couple.path("/agreements"))
        .as(Json.class, Json.READER)
        .getString("data[0].id");
  }

  @Test
  void listsTakeAsManyStatementsAsOneRowDoes() {
    Couple couple = Couple.create();
    fill(couple, 1);
    // The first read fetches the keys.
    ofEachList(couple);
    Map<String, Long> ofOne = ofEachList(couple);
    fill(couple, SIGNALS);

    assertThat(ofEachList(couple)).isEqualTo(ofOne);
  }

  private Map<String, Long> ofEachList(Couple couple) {
    return Map.of(
        "agreements", statements(get(couple, "/agreements")),
        "holds", statements(get(couple, "/holds")),
        "signals", statements(get(couple, "/signals")));
  }

  private static void fill(Couple couple, int rows) {
    for (int i = 0; i < rows; i++) {
      Agreements.proposed(couple, couple.ana(), Agreements.permits(couple, "sex", "way-" + i));
      String hold =
          Agreements.hold(
                  couple, couple.ana(), "touch", SandboxClock.now().plus(Duration.ofDays(10)))
              .getString("id");
      Agreements.moveHold(
              couple, couple.ana(), hold, SandboxClock.now().plus(Duration.ofDays(9 - i % 8)))
          .then()
          .statusCode(200);
      Agreements.signal(
              couple,
              couple.ana(),
              Map.of("kind", "red", "form", "word", "sign", "Sign " + rows + i))
          .then()
          .statusCode(201);
    }
  }
}
