package org.stillpoint.mallory;

import io.restassured.path.json.JsonPath;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.stillpoint.testkit.AgreementThings;
import org.stillpoint.testkit.Agreements;
import org.stillpoint.testkit.Api;
import org.stillpoint.testkit.Couple;
import org.stillpoint.testkit.Person;
import org.stillpoint.testkit.StillpointTest;

/** What one answers to a term is nobody else's to know before all have said yes. */
@SuppressWarnings("NullAway.Init")
@StillpointTest
@Tag("S17")
@Tag("S31")
class UnseenAnswersTest {
  private Couple couple;
  private Person ana;
  private Person mallory;

  @BeforeEach
  void aFreshCouple() {
    couple = Couple.create();
    ana = couple.ana();
    mallory = couple.ben();
  }

  /** To whoever proposed it, a no, a yes that was taken back and no answer are the same. */
  @Test
  void noAnswerToATermIsSeenBeforeAllHaveSaidYes() {
    JsonPath version =
        Agreements.proposed(couple, mallory, Agreements.permits(couple, "touch", "hugs"));
    String term = version.getString("terms[0].id");
    Watch watch = new Watch(couple, known(version));

    watch.unseen("no", () -> put(term, "/declines/me"));
    watch.unseen("no again", () -> put(term, "/declines/me"));
    watch.unseen("no answer", () -> delete(term, "/assents/me"));
    watch.unseen("no, as its end", () -> delete(term, ""));
    watch.unseen(
        "a yes to another text",
        () -> Agreements.assent(couple, ana, term, "0".repeat(64)).then().statusCode(409));
    watch.seenQuietly(() -> assent(ana, version));
    watch.unseen("a yes again", () -> assent(ana, version));
    watch.seenQuietly(() -> delete(term, "/assents/me"));
    watch.end();
  }

  /** Of three, one has said yes: neither who nor how many is known before all have. */
  @Test
  void aYesThatIsNotTheLastIsNotSeen() {
    JsonPath invitation = couple.invitation(ana);
    Api.as(mallory)
        .put(couple.path("/invitations/" + invitation.getString("id") + "/assents/me"))
        .then()
        .statusCode(200);
    Person cleo = Person.adult("cleo");
    Couple.join(cleo, invitation.getString("code"));
    List<Person> all = List.of(ana, mallory, cleo);
    JsonPath version =
        Agreements.proposed(
            couple, mallory, Agreements.clause("permits", "touch", all, "Hugs", "hugs"));
    Watch watch = new Watch(couple, known(version));

    watch.unseen("yes", () -> assent(ana, version));
    watch.unseen("yes, and no", () -> put(version.getString("terms[0].id"), "/declines/me"));
    watch.unseen("yes", () -> assent(ana, version));
    watch.seenQuietly(() -> assent(cleo, version));
    watch.end();
  }

  /** To want something back, or to go on with it, is known when all want it. */
  @Test
  @Tag("S19")
  void whatOneWantsBackIsNotSeenBeforeAllWantIt() {
    AgreementThings things = AgreementThings.of(couple);
    Map<String, Set<String>> known =
        Watch.known(couple, Set.of(UUID.randomUUID().toString()), Set.of());
    known.put("termId", Set.copyOf(things.terms()));
    Watch watch = new Watch(couple, known);

    watch.unseen("wanting it back", () -> put(things.suspended(), "/resumptions/me"));
    watch.unseen("not after all", () -> delete(things.suspended(), "/resumptions/me"));
    watch.unseen("wanting it back", () -> put(things.suspended(), "/resumptions/me"));
    watch.unseen("going on with it", () -> put(things.renewable(), "/renewals/me"));
    watch.seenQuietly(
        () ->
            Agreements.put(couple, mallory, things.suspended(), "/resumptions/me")
                .then()
                .statusCode(200));
    watch.seenQuietly(
        () ->
            Agreements.put(couple, mallory, things.renewable(), "/renewals/me")
                .then()
                .statusCode(200));
    watch.end();
  }

  private Map<String, Set<String>> known(JsonPath version) {
    Map<String, Set<String>> known =
        Watch.known(couple, Set.of(UUID.randomUUID().toString()), Set.of());
    known.put("agreementId", Set.of(version.getString("agreementId")));
    known.put("termId", Set.copyOf(version.<String>getList("terms.id")));
    return known;
  }

  private void put(String term, String what) {
    Agreements.put(couple, ana, term, what).then().statusCode(200);
  }

  private void delete(String term, String what) {
    Agreements.delete(couple, ana, term, what).then().statusCode(200);
  }

  private void assent(Person person, JsonPath version) {
    Agreements.assent(couple, person, version, 0).then().statusCode(200);
  }
}
