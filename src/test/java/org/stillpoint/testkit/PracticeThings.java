package org.stillpoint.testkit;

import static org.stillpoint.testkit.Api.as;

import io.restassured.http.ContentType;
import io.restassured.response.Response;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What Ana lets practitioners read, with her partner and of her own, and what others let her read,
 * who is one herself.
 *
 * @param code leads to the practitioner of all but one of the grants
 * @param shared the id of a grant that Ana has asked for and that reads
 * @param saidAnew of one whose practitioner says something else since
 * @param asked of one that Ben has asked for, and to which Ana has said nothing
 * @param own of one that is Ana's alone
 * @param reflection of which Ana has given a copy under that
 * @param copy the id of the copy
 * @param assignment the id of a prompt that Ana was given under that
 * @param proposal the id of an agenda that was proposed to both
 * @param practice of one under which Ana reads
 * @param attendance the id of a talk of those who gave it, at which Ana is
 * @param client somebody who has given Ana a copy under that
 */
public record PracticeThings(
    String code,
    String shared,
    String saidAnew,
    String asked,
    String own,
    String reflection,
    String copy,
    String assignment,
    String proposal,
    String practice,
    String attendance,
    UUID client) {
  /** A practitioner's code, among the names of {@link #SORTS}. */
  public static final String CODE = "practitionerCode";

  private static final String OWN = "selfGrantId";
  private static final String PRACTICE = "practiceGrantId";

  /** The names of {@link #sort} that aren't those of places. */
  public static final Set<String> SORTS = Set.of(CODE, OWN, PRACTICE);

  private static final Map<String, Object> AGENDA = Map.of("templateId", "after-closeness");
  private static final List<String> ALL = List.of(Practices.SCOPES);

  /** What one can grant alone. */
  private static final List<String> ALONE =
      List.of("markedAnswers", "pauses", "snapshots", "assignPrompts");

  /** Of a relationship that nobody has paused. */
  public static PracticeThings of(Couple couple) {
    Person ana = couple.ana();
    Person dora = Practices.practitioner();
    String code = Practices.code(dora);
    String shared = asked(couple, ana, code);
    assent(couple, couple.ben(), shared);
    String saidAnew = saidAnew(couple);
    String asked = asked(couple, couple.ben(), code);
    String own = made(ana, "/v1/me/grants", code, ALONE);
    String reflection = Reflections.kept(ana, "What a practitioner may read");
    String copy = Practices.given(ana, reflection, UUID.fromString(own));
    String assignment = UUID.randomUUID().toString();
    put(
        dora,
        own + "/members/" + ana.id() + "/prompt-assignments/" + assignment,
        Map.of("promptId", Reflections.PROMPT));
    String proposal = UUID.randomUUID().toString();
    put(dora, shared + "/agenda-proposals/" + proposal, AGENDA);
    Couple clients = Couple.create();
    String practice = ofClients(clients, ana);
    String attendance = Practices.attended(clients, ana, UUID.fromString(practice));
    return new PracticeThings(
        code,
        shared,
        saidAnew,
        asked,
        own,
        reflection,
        copy,
        assignment,
        proposal,
        practice,
        attendance,
        clients.ana().id());
  }

  private static String asked(Couple couple, Person by, String code) {
    return made(by, couple.path("/grants"), code, ALL);
  }

  /** Without a look before, since codes can be tried a few times only. */
  private static String made(Person person, String path, String code, List<String> scopes) {
    return as(person)
        .contentType(ContentType.JSON)
        .header("If-Match", "*")
        .body(Map.of("code", code, "scopes", scopes))
        .post(path)
        .then()
        .statusCode(201)
        .extract()
        .as(Json.class, Json.READER)
        .getString("id");
  }

  private static void assent(Couple couple, Person person, String grant) {
    Response response = Practices.assent(couple, person, UUID.fromString(grant));
    response.then().statusCode(200);
  }

  private static String saidAnew(Couple couple) {
    Person practitioner = Practices.practitioner();
    String grant = asked(couple, couple.ben(), Practices.code(practitioner));
    assent(couple, couple.ana(), grant);
    register(practitioner, "I keep some things to myself.");
    return grant;
  }

  private static String ofClients(Couple clients, Person practitioner) {
    register(practitioner, "I keep nothing from your partner.");
    String grant = asked(clients, clients.ana(), Practices.code(practitioner));
    assent(clients, clients.ben(), grant);
    clients.lift(clients.ben(), clients.tap(clients.ben())).then().statusCode(200);
    String reflection = Reflections.kept(clients.ana(), "What a client thinks");
    Practices.given(clients.ana(), reflection, UUID.fromString(grant));
    return grant;
  }

  private static void put(Person practitioner, String path, Map<String, Object> body) {
    as(practitioner)
        .contentType(ContentType.JSON)
        .body(body)
        .put("/v1/practice/grants/" + path)
        .then()
        .statusCode(204);
  }

  private static void register(Person person, String policyText) {
    Practices.register(person, Practices.profile("Dora Lind", policyText)).then().statusCode(200);
  }

  /** What stands in paths, by the names of its places. */
  public Map<String, String> ids() {
    return Map.of(
        "grantId",
        shared,
        "memberId",
        client.toString(),
        "assignmentId",
        assignment,
        "proposalId",
        proposal,
        "attendanceId",
        attendance);
  }

  /**
   * The same for an operation, of the sort that it takes and in the state in which it can be done.
   */
  public Map<String, String> ids(String operation) {
    return switch (operation) {
      // Neither is for anybody else to see (S17).
      case "assentToGrant" -> Map.of("grantId", saidAnew);
      case "endGrant" -> Map.of("grantId", asked);
      case "getSelfGrant", "renewSelfGrant", "endSelfGrant" -> Map.of("grantId", own);
      case "getPracticeGrant",
          "endPracticeGrant",
          "getPracticeBrief",
          "listPracticeTerms",
          "listPracticeCheckIns",
          "listPracticePauses",
          "listPracticeSnapshots",
          "listPracticeAnswers",
          "listPracticeAttendances",
          "attendCheckIn",
          "getPracticeAttendance",
          "leavePracticeAttendance",
          "assignPrompt",
          "proposeAgenda" ->
          Map.of(
              "grantId",
              practice,
              "memberId",
              client.toString(),
              "attendanceId",
              attendance,
              "assignmentId",
              UUID.randomUUID().toString(),
              "proposalId",
              UUID.randomUUID().toString());
      case "shareWithPractitioner", "listMyPracticeSnapshots", "recallPracticeSnapshot" ->
          Map.of("reflectionId", reflection, "snapshotId", copy);
      case "previewPractitioner" -> Map.of("code", code);
      default -> ids();
    };
  }

  /** The same and what else there is, each by a name of its own. */
  public Map<String, String> all() {
    return Map.of(
        "grantId",
        shared,
        OWN,
        own,
        PRACTICE,
        practice,
        "practiceSnapshotId",
        copy,
        "assignmentId",
        assignment,
        "proposalId",
        proposal,
        "attendanceId",
        attendance);
  }

  /** What Ana knows of all this, by the names of {@link #sort}. */
  public Map<String, Set<String>> known() {
    return Map.of(
        "grantId",
        Set.of(shared, saidAnew, asked),
        OWN,
        Set.of(own),
        PRACTICE,
        Set.of(practice),
        CODE,
        Set.of(code),
        "memberId",
        Set.of(client.toString()));
  }

  /** Which of several sorts an operation takes in a place: one name may stand for any of them. */
  public static String sort(String operation, String path, String place) {
    if ("previewPractitioner".equals(operation)) {
      return CODE;
    }
    if (!"grantId".equals(place)) {
      return place;
    }
    if (path.startsWith("/v1/practice/")) {
      return PRACTICE;
    }
    return path.startsWith("/v1/me/") ? OWN : place;
  }

  /** A body that is of some use; null if the document's example is. */
  public @Nullable Map<String, Object> body(String operation) {
    return switch (operation) {
      case "requestGrant", "makeSelfGrant" -> Map.of("code", code, "scopes", List.of("pauses"));
      case "shareWithPractitioner" -> Map.of("grantId", own);
      case "proposeAgenda" -> AGENDA;
      case "assignPrompt" -> Map.of("promptId", Reflections.PROMPT);
      default -> null;
    };
  }
}
