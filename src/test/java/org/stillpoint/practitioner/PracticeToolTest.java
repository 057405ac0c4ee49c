package org.stillpoint.practitioner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.hamcrest.Matchers.is;
import static org.stillpoint.testkit.Agreements.permits;
import static org.stillpoint.testkit.Api.as;

import io.restassured.RestAssured;
import io.restassured.path.json.JsonPath;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.stillpoint.client.ApiException;
import org.stillpoint.client.model.OpenedPracticeGrant;
import org.stillpoint.client.model.PracticeAnswer;
import org.stillpoint.client.model.PracticeSnapshot;
import org.stillpoint.client.model.ProposeAgendaRequest;
import org.stillpoint.client.model.RegisterPractitionerRequest;
import org.stillpoint.client.model.SecretsPolicy;
import org.stillpoint.practicetool.PracticeTool;
import org.stillpoint.testkit.Agreements;
import org.stillpoint.testkit.CheckIns;
import org.stillpoint.testkit.Couple;
import org.stillpoint.testkit.Person;
import org.stillpoint.testkit.Practices;
import org.stillpoint.testkit.Reflections;
import org.stillpoint.testkit.SandboxClock;
import org.stillpoint.testkit.StillpointTest;

/** A practice tool that knows the API by its document alone, from the grant to its end. */
@StillpointTest
class PracticeToolTest {
  private Couple couple;
  private Person ana;
  private Person ben;
  private PracticeTool tool;
  private UUID grant;
  private UUID anasOwn;
  private UUID pause;
  private String term;
  private String talk;
  private String item;
  private String reflection;
  private String copy;
  private String ownCopy;

  @BeforeEach
  void aCoupleLetsAPractitionerRead() throws ApiException {
    couple = Couple.create();
    ana = couple.ana();
    ben = couple.ben();
    term =
        Agreements.agreed(couple, permits(couple, "touch", "holding-hands"))
            .getString("terms[0].id");
    SandboxClock.advance(Duration.ofDays(4));
    Person dora = Person.adult("dora").through(Practices.TOOL);
    tool = new PracticeTool(URI.create("http://localhost:" + RestAssured.port), dora.token());
    tool.register(
        new RegisterPractitionerRequest()
            .displayName("Dora Lind")
            .work("Couples therapist")
            .languages(List.of("de", "en"))
            .secretsPolicy(SecretsPolicy.ASKS_NOT_TO_BE_TOLD)
            .secretsPolicyText("I keep nothing from your partner."));
    String code = tool.makeCode();
    grant = Practices.requested(couple, ana, code, Practices.SCOPES);
    tool.synchronise();
    assertThat(tool.grants()).as("before all have said yes").isEmpty();
    Practices.assent(couple, ben, grant).then().statusCode(200);
    anasOwn = Practices.own(ana, code, "pauses", "snapshots");
    thingsHappen();
  }

  /** And what nobody gives: Ben's own answer, and the rest of Ana's journal. */
  private void thingsHappen() {
    pause = couple.tap(ben);
    couple.lift(ben, pause).then().statusCode(200);
    JsonPath open = CheckIns.open(couple, ana, ben);
    talk = open.getString("id");
    item = CheckIns.item(open, "open");
    CheckIns.answer(couple, ana, talk, item, "Soup");
    CheckIns.answer(couple, ben, talk, item, "Bread");
    as(ana).put(mark()).then().statusCode(204);
    reflection = Reflections.kept(ana, "For both of us");
    copy = Practices.given(ana, reflection, grant);
    ownCopy = Practices.given(ana, Reflections.kept(ana, "For me"), anasOwn);
    Reflections.kept(ana, "For nobody");
  }

  private String mark() {
    return CheckIns.answers(couple, talk, item) + "/me/for-practitioners/" + grant;
  }

  @Test
  @Tag("S29")
  @Tag("S34")
  void theToolHasWhatItMayReadAndEachLogSaysSo() throws ApiException {
    tool.synchronise();

    assertThat(tool.grants()).map(OpenedPracticeGrant::getId).containsExactly(grant, anasOwn);
    assertThat(has())
        .containsExactlyInAnyOrder(
            thing("term", term, null, grant),
            thing("checkIn", talk, null, grant),
            thing("pause", pause, ben.id(), grant),
            thing("answer", item, ana.id(), grant),
            thing("snapshot", copy, ana.id(), grant),
            thing("snapshot", ownCopy, ana.id(), anasOwn));
    assertThat(words()).containsExactlyInAnyOrder("Soup", "For both of us", "For me");
    List<String> shared =
        read(grant, "members", "brief", "terms", "checkIns", "pauses", "answers", "snapshots");
    List<String> own = read(anasOwn, "members", "brief", "pauses", "snapshots");
    assertThat(Practices.readings(ben)).containsExactlyInAnyOrderElementsOf(shared);
    assertThat(Practices.readings(ana))
        .containsExactlyInAnyOrderElementsOf(Stream.of(shared, own).flatMap(List::stream).toList());
  }

  /** What is new comes by itself; of Ben, of whom nothing is, no list is read. */
  @Test
  @Tag("S29")
  void theToolLooksForNewsAndReadsNoMoreThanThat() throws ApiException {
    SandboxClock.advance(Duration.ofMinutes(1));
    tool.synchronise();
    SandboxClock.advance(Duration.ofMinutes(1));
    List<String> before = has();
    int readBefore = Practices.readings(ben).size();
    String second = Practices.given(ana, Reflections.kept(ana, "One more"), grant);

    tool.lookForNews();

    assertThat(has())
        .hasSize(before.size() + 1)
        .containsAll(before)
        .contains(thing("snapshot", second, ana.id(), grant));
    assertThat(Practices.readings(ben)).hasSize(readBefore + 1);
  }

  @Test
  @Tag("S9")
  void theCoupleSeesWhatTheToolSendsAndNothingWhileOnePauses() throws ApiException {
    UUID prompt = tool.assignPrompt(grant, ana.id(), Reflections.PROMPT);
    UUID agenda =
        tool.proposeAgenda(grant, new ProposeAgendaRequest().templateId("after-closeness"));

    as(ana).get("/v1/me/prompt-assignments").then().body("data.id", is(ids(prompt)));
    as(ben).get("/v1/me/prompt-assignments").then().body("data.id", is(ids()));
    for (Person person : List.of(ana, ben)) {
      as(person).get(couple.path("/agenda-proposals")).then().body("data.id", is(ids(agenda)));
    }
    couple.tap(ben);
    ApiException refused =
        catchThrowableOfType(
            ApiException.class, () -> tool.assignPrompt(grant, ana.id(), Reflections.PROMPT));
    assertThat(tool.code(refused)).isEqualTo("relationship-paused");
  }

  @Test
  @Tag("S23")
  void whatIsTakenBackIsGoneInTheTool() throws ApiException {
    tool.synchronise();
    List<String> before = has();
    as(ana)
        .delete(Reflections.path(reflection) + "/practice-snapshots/" + copy)
        .then()
        .statusCode(204);
    as(ana).delete(mark()).then().statusCode(204);

    tool.synchronise();

    assertThat(words()).containsExactly("For me");
    assertThat(before).hasSize(has().size() + 2).containsAll(has());
  }

  @Test
  @Tag("S27")
  @Tag("S28")
  void theToolForgetsWhatOneOfThemEndsAndGoesOnWithWhatIsAnasOwn() throws ApiException {
    tool.synchronise();
    Practices.end(couple, ben, grant).then().statusCode(204);

    tool.lookForNews();

    assertThat(has()).containsExactly(thing("snapshot", ownCopy, ana.id(), anasOwn));
    UUID paused = couple.tap(ana);
    tool.synchronise();
    assertThat(tool.grants()).map(OpenedPracticeGrant::getId).containsExactly(anasOwn);
    assertThat(has())
        .containsExactlyInAnyOrder(
            thing("snapshot", ownCopy, ana.id(), anasOwn),
            thing("pause", paused, ana.id(), anasOwn));
    as(ana).delete(Practices.own(anasOwn)).then().statusCode(204);
    tool.synchronise();
    assertThat(tool.grants()).isEmpty();
    assertThat(has()).isEmpty();
  }

  private List<String> has() {
    return tool.notes().stream()
        .map(
            note ->
                thing(
                    note.type(),
                    note.id(),
                    note.provenance().getMemberId(),
                    note.provenance().getGrantId()))
        .toList();
  }

  private static String thing(String type, Object id, @Nullable UUID whose, UUID grantId) {
    return type + " " + id + " of " + whose + " under " + grantId;
  }

  private static List<String> read(UUID grantId, String... lists) {
    return Stream.of(lists).map(list -> "practice." + list + " " + grantId).toList();
  }

  private static List<String> ids(UUID... ids) {
    return Stream.of(ids).map(UUID::toString).toList();
  }

  private List<String> words() {
    return tool.notes().stream()
        .map(
            note ->
                switch (note.content()) {
                  case PracticeAnswer answer -> answer.getText();
                  case PracticeSnapshot snapshot -> snapshot.getText();
                  default -> null;
                })
        .filter(Objects::nonNull)
        .toList();
  }
}
