package org.stillpoint.contract;

import io.quarkus.smallrye.openapi.OpenApiFilter;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.PathItem;
import org.eclipse.microprofile.openapi.models.headers.Header;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;
import org.eclipse.microprofile.openapi.models.responses.APIResponses;
import org.jboss.jandex.IndexView;

/**
 * Adds to every operation what all have in common: its problems, its idempotency key, its headers,
 * its bounds and its example. It runs when the application is built.
 */
@OpenApiFilter(stages = OpenApiFilter.RunStage.BUILD)
public class ContractFilter implements OASFilter {
  static final String LOGIN = "login";
  static final String PROBLEM = "Problem";
  static final String TOO_MANY = "TooManyRequests";

  /** {@code quarkus.http.limits.max-header-size}: all headers of a request together. */
  private static final int LONGEST_HEADER = 16_384;

  private static final String CALENDAR =
      """
      BEGIN:VCALENDAR
      VERSION:2.0
      PRODID:-//calendar//1//EN
      BEGIN:VEVENT
      UID:0d9c3f6a1b7e4d52
      DTSTAMP:20261103T210405Z
      DTSTART:20261108T190000Z
      DTEND:20261108T193000Z
      SUMMARY:Busy
      END:VEVENT
      END:VCALENDAR
      """;

  private final IndexView index;

  /** The framework hands over what it knows of the code. */
  public ContractFilter(IndexView index) {
    this.index = index;
  }

  @Override
  public void filterOpenAPI(OpenAPI document) {
    new PlainSchemas(document).tidy();
    Bounds.add(index, document.getComponents().getSchemas());
    for (var path : document.getPaths().getPathItems().entrySet()) {
      for (var method : path.getValue().getOperations().entrySet()) {
        complete(path.getKey(), method.getKey(), method.getValue());
      }
    }
    new Examples(document).add();
  }

  private static void complete(String path, PathItem.HttpMethod method, Operation operation) {
    if (method == PathItem.HttpMethod.POST) {
      addIdempotencyKey(operation);
    }
    if (operation.getParameters() != null) {
      operation.getParameters().forEach(ContractFilter::describe);
    }
    addProblems(operation, path, method);
    if (method == PathItem.HttpMethod.GET && has(operation, "If-None-Match")) {
      operation
          .getResponses()
          .addAPIResponse(
              "304", OASFactory.createAPIResponse().description("You have this version already."));
    }
    APIResponse success = success(operation.getResponses());
    success.addHeader("Request-Id", header("Names this exchange in the server's logs."));
    addHeaders(operation, success);
  }

  private static APIResponse success(APIResponses responses) {
    return responses.getAPIResponses().entrySet().stream()
        .filter(response -> response.getKey().startsWith("2"))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElseThrow();
  }

  private static boolean needsLogin(Operation operation) {
    return operation.getSecurity() != null
        && operation.getSecurity().stream().anyMatch(found -> found.hasScheme(LOGIN));
  }

  private static void addIdempotencyKey(Operation operation) {
    List<Parameter> parameters = operation.getParameters();
    boolean there =
        parameters != null
            && parameters.stream().anyMatch(found -> "Idempotency-Key".equals(found.getName()));
    if (!there) {
      operation.addParameter(
          OASFactory.createParameter()
              .name("Idempotency-Key")
              .in(Parameter.In.HEADER)
              .description(
                  "The same for each repetition of one request: it takes effect once, and its answer"
                      + " is given again for 24 hours.")
              .schema(text())
              .example("b6a1f0c2-invite-1"));
    }
  }

  private static void describe(Parameter parameter) {
    switch (parameter.getName()) {
      case "Idempotency-Key" -> parameter.getSchema().maxLength(255);
      case "If-Match" ->
          condition(
              parameter, "The ETag that you have read, or `*` to write whatever stands there.");
      case "If-None-Match" ->
          condition(parameter, "An ETag that you have; the answer is 304 if it still stands.");
      case "with" -> parameter.getSchema().maxItems(12).getItems().maxLength(36);
      default -> {
        // Described where it is read.
      }
    }
    Schema schema = parameter.getSchema();
    if (schema.getFormat() == null && schema.getType().contains(Schema.SchemaType.INTEGER)) {
      schema.format("int32");
    }
    if (parameter.getIn() == Parameter.In.PATH && parameter.getExample() == null) {
      parameter.example("01939a00-5c1e-7b52-9d5e-3f1f6f0a4c11");
    }
  }

  private static void addProblems(Operation operation, String path, PathItem.HttpMethod method) {
    APIResponses responses = operation.getResponses();
    List.of("400", "401", "403").forEach(responses::removeAPIResponse);
    add(responses, "400");
    boolean open = operation.getSecurity() == null;
    add(responses, open ? "429" : "401");
    // What needs no scope is a tap, which is never counted.
    boolean scoped = needsLogin(operation) && !operation.getOperationId().startsWith("raisePause");
    if (scoped) {
      add(responses, "403");
      add(responses, "429");
    }
    if (path.contains("{")) {
      add(responses, "404");
    }
    if (method != PathItem.HttpMethod.GET) {
      add(responses, "409");
    }
    if (method == PathItem.HttpMethod.POST && scoped) {
      add(responses, "422");
    }
    if (operation.getRequestBody() != null) {
      add(responses, "413");
      add(responses, "415");
    }
    if (has(operation, "If-Match")) {
      add(responses, "412");
      add(responses, "428");
    }
    responses.setDefaultValue(shared(PROBLEM));
  }

  /** RFC 9110, 13.1. */
  private static void condition(Parameter parameter, String description) {
    if (parameter.getDescription() == null) {
      parameter.description(description);
    }
    parameter.schema(text().maxLength(LONGEST_HEADER)).example("\"3\"");
  }

  private static boolean has(Operation operation, String parameter) {
    return operation.getParameters() != null
        && operation.getParameters().stream().anyMatch(found -> parameter.equals(found.getName()));
  }

  private static void add(APIResponses responses, String code) {
    responses.addAPIResponse(code, shared("429".equals(code) ? TOO_MANY : PROBLEM));
  }

  private static APIResponse shared(String name) {
    return OASFactory.createAPIResponse().ref("#/components/responses/" + name);
  }

  private static void addHeaders(Operation operation, APIResponse success) {
    if (operation.getOperationId().contains("CheckInTemplate")) {
      success.addHeader("Content-Language", header("The language of the texts."));
    }
    switch (operation.getOperationId()) {
      case "getMe",
          "updateMe",
          "attestAdult",
          "giveConsent",
          "previewInvitation",
          "getLimit",
          "changeLimit",
          "endLimit",
          "cancelLimitEasing",
          "getAgreementDraft",
          "replaceAgreementDraft",
          "getHold",
          "moveHold",
          "getAgreedSignal",
          "changeSignal",
          "dropSignal",
          "getCoolingOff",
          "setCoolingOff",
          "getReflection",
          "changeReflection",
          "previewPractitioner",
          "getGrant",
          "assentToGrant",
          "getSelfGrant",
          "renewSelfGrant" ->
          success.addHeader("ETag", etag());
      case "drawLimit", "createAgreementDraft", "createHold", "addSignal", "saveReflection" ->
          success.addHeader("ETag", etag()).addHeader("Location", location());
      case "getCheckInTemplate", "getPrompt" ->
          success.addHeader(
              "ETag",
              header("Stands for this version in this language; send it as `If-None-Match`."));
      case "readCalendar" -> {
        success.addHeader("ETag", header("Of this text; send it as `If-None-Match`."));
        success.getContent().getMediaType("text/calendar").setExample(CALENDAR);
      }
      case "createRelationship",
          "requestExport",
          "exit",
          "proposeAgreement",
          "scheduleCheckIn",
          "createCheckInSeries",
          "proposeDecision" ->
          success.addHeader("Location", location());
      default -> {
        if (has(operation, "cursor")) {
          success.addHeader("Link", header("The next page, as `rel=\"next\"` (RFC 8288)."));
        }
      }
    }
  }

  private static Header etag() {
    return header("Stands for this version; send it as `If-Match`.");
  }

  private static Header location() {
    return header("The new resource.");
  }

  private static Header header(String description) {
    return OASFactory.createHeader().description(description).schema(text());
  }

  private static Schema text() {
    return OASFactory.createSchema().type(List.of(Schema.SchemaType.STRING));
  }
}
