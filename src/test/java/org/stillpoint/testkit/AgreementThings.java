package org.stillpoint.testkit;

import io.restassured.path.json.JsonPath;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Of what a couple can agree, one of each by its first member: drafts, an agreement of two versions
 * with terms that are proposed, suspended and in force, a hold and a signal.
 *
 * @param ids what stands in paths, by the names of its places
 * @param number of the agreement's newest version
 * @param draftToDiscard another one, for whoever has proposed the first
 * @param suspended a term that both can resume
 * @param renewable a term in force that both can renew
 * @param lineageId of the term that is proposed
 * @param hash of its text
 */
public record AgreementThings(
    Map<String, String> ids,
    String number,
    String draftToDiscard,
    String suspended,
    String renewable,
    String lineageId,
    String hash,
    List<UUID> memberIds) {
  private static final int PROPOSED = 0;
  private static final int SUSPENDED = 1;
  private static final int RENEWABLE = 2;

  /** In a relationship that nobody has paused. */
  public static AgreementThings of(Couple couple) {
    Person owner = couple.ana();
    JsonPath first =
        Agreements.proposed(
            couple,
            owner,
            Agreements.permits(couple, "touch", "hugs"),
            Agreements.permits(couple, "communication", "calls"),
            safeguard(couple));
    for (int place : List.of(SUSPENDED, RENEWABLE)) {
      Agreements.assent(couple, couple.ben(), first, place).then().statusCode(200);
      coolDown(first.getString("terms[" + place + "].id"));
    }
    String suspended = first.getString("terms[" + SUSPENDED + "].id");
    Agreements.put(couple, owner, suspended, "/suspension").then().statusCode(200);
    Map<String, Object> ownLine =
        Agreements.clause("forbids", "touch", List.of(owner), "Not my feet", "tickling");
    JsonPath second =
        Agreements.json(Agreements.proposeNext(couple, owner, first, Map.of(3, ownLine)), 201);
    return new AgreementThings(
        Map.of(
            "agreementId",
            first.getString("agreementId"),
            "draftId",
            draft(couple, owner),
            "termId",
            first.getString("terms[" + PROPOSED + "].id"),
            "holdId",
            Agreements.hold(couple, owner, "contact", in(7)).getString("id"),
            "signalId",
            signal(couple, owner)),
        second.getString("number"),
        draft(couple, owner),
        suspended,
        first.getString("terms[" + RENEWABLE + "].id"),
        first.getString("terms[" + PROPOSED + "].lineageId"),
        first.getString("terms[" + PROPOSED + "].hash"),
        List.of(owner.id(), couple.ben().id()));
  }

  /** A week before it lapses, it can be renewed at once. */
  private static Map<String, Object> safeguard(Couple couple) {
    return Agreements.with(
        Agreements.with(Agreements.permits(couple, "tech", "passwords"), "kind", "safeguard"),
        "validUntil",
        in(7).toString());
  }

  private static String draft(Couple couple, Person owner) {
    List<Map<String, Object>> clauses = List.of(Agreements.permits(couple, "sexting", "texts"));
    return Agreements.json(Agreements.draft(couple, owner, clauses), 201).getString("id");
  }

  private static String signal(Couple couple, Person owner) {
    Map<String, String> signal =
        Map.of("kind", "pause", "form", "cue", "sign", "A closed umbrella");
    return Agreements.json(Agreements.signal(couple, owner, signal), 201).getString("id");
  }

  private static Instant in(int days) {
    return SandboxClock.now().truncatedTo(ChronoUnit.HOURS).plus(Duration.ofDays(days));
  }

  /** As if the cooling-off were over: the clock is that of all tests, and stays. */
  private static void coolDown(String term) {
    try {
      Tables.change("update term set active_at = agreed_at where id = ?", UUID.fromString(term));
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** All terms of it. */
  public List<String> terms() {
    return List.of(id("termId"), suspended, renewable);
  }

  private String id(String name) {
    return Objects.requireNonNull(ids.get(name));
  }

  /** What stands in the path of an operation, in the state in which it can be done. */
  public Map<String, String> ids(String operation) {
    Map<String, String> fitting = new HashMap<>(ids);
    fitting.put("number", number);
    switch (operation) {
      case "resumeTerm", "withdrawResumptionOfTerm" -> fitting.put("termId", suspended);
      case "renewTerm", "withdrawRenewalOfTerm", "suspendTerm" -> fitting.put("termId", renewable);
      case "discardAgreementDraft" -> fitting.put("draftId", draftToDiscard);
      default -> {
        // The first of each will do.
      }
    }
    return fitting;
  }

  /** A body of ids and times that are of some use; null if the document's example is. */
  public @Nullable Map<String, Object> body(String operation) {
    return switch (operation) {
      case "createAgreementDraft" ->
          Map.of(
              "agreementId",
              id("agreementId"),
              "title",
              "How we go on",
              "terms",
              List.of(Agreements.with(clause(), "lineageId", lineageId)));
      case "replaceAgreementDraft" -> Map.of("title", "How we go on", "terms", List.of(clause()));
      case "assentToTerm" -> Map.of("hash", hash);
      case "createHold" ->
          Map.of(
              "domain",
              "contact",
              "activities",
              List.of("calls"),
              "memberIds",
              memberIds,
              "until",
              in(2).toString());
      case "moveHold" -> Map.of("until", in(9).toString());
      default -> null;
    };
  }

  private Map<String, Object> clause() {
    return Map.of(
        "kind",
        "consent",
        "polarity",
        "permits",
        "domain",
        "sexting",
        "mode",
        "askEachTime",
        "memberIds",
        memberIds,
        "activities",
        List.of("pictures"),
        "validUntil",
        in(30).toString(),
        "text",
        "Pictures of hands, when both feel like it");
  }
}
