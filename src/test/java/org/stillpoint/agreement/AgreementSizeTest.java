package org.stillpoint.agreement;

import static org.assertj.core.api.Assertions.assertThat;

import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManagerFactory;
import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.hibernate.SessionFactory;
import org.hibernate.stat.Statistics;
import org.junit.jupiter.api.Test;
import org.stillpoint.testkit.Agreements;
import org.stillpoint.testkit.BigAgreement;
import org.stillpoint.testkit.Couple;
import org.stillpoint.testkit.SandboxClock;
import org.stillpoint.testkit.StillpointTest;
import org.stillpoint.testkit.Tables;

/** What is in force takes a handful of statements, however much was ever agreed. */
@StillpointTest
class AgreementSizeTest {
  private static final int TERMS = 300;
  private static final int VERSIONS = 200;
  private static final int A_HANDFUL = 8;

  @Inject EntityManagerFactory entities;

  private static Couple thatAgreed(int terms) {
    Couple couple = Couple.create();
    List<Map<String, Object>> clauses =
        IntStream.range(0, terms)
            .mapToObj(i -> Agreements.permits(couple, "touch", "way-" + i))
            .toList();
    String draft =
        Agreements.json(Agreements.draft(couple, couple.ana(), clauses), 201).getString("id");
    JsonPath version = Agreements.json(Agreements.propose(couple, couple.ana(), draft), 201);
    for (int i = 0; i < terms; i++) {
      Agreements.assent(couple, couple.ben(), version, i).then().statusCode(200);
    }
    SandboxClock.advance(Duration.ofHours(25));
    return couple;
  }

  private long statements(Couple couple, int permissions) {
    Statistics statistics = entities.unwrap(SessionFactory.class).getStatistics();
    statistics.setStatisticsEnabled(true);
    try {
      statistics.clear();
      JsonPath inForce = Agreements.inForce(couple, couple.ben(), "");
      long statements = statistics.getPrepareStatementCount();
      assertThat(inForce.getList("permissions")).hasSize(permissions);
      return statements;
    } finally {
      statistics.setStatisticsEnabled(false);
    }
  }

  @Test
  void threeHundredTermsOfTwoHundredVersionsTakeAsManyStatementsAsOne() throws Exception {
    long ofOne = statements(thatAgreed(1), 1);
    Couple couple = thatAgreed(TERMS);
    try (Connection owner = Tables.connect()) {
      BigAgreement.addPast(owner, couple.relationship(), VERSIONS - 1);
    }

    assertThat(statements(couple, TERMS)).isEqualTo(ofOne).isLessThanOrEqualTo(A_HANDFUL);
  }
}
