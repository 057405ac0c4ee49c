package org.stillpoint.testkit;

import static io.restassured.RestAssured.given;

import com.atlassian.oai.validator.OpenApiInteractionValidator;
import com.atlassian.oai.validator.model.Request;
import com.atlassian.oai.validator.model.SimpleResponse;
import com.atlassian.oai.validator.report.LevelResolver;
import com.atlassian.oai.validator.report.ValidationReport;
import com.atlassian.oai.validator.restassured.OpenApiValidationFilter;
import io.restassured.specification.RequestSpecification;
import java.nio.file.Path;
import java.util.List;
import org.stillpoint.testkit.ApiDocument.Operation;
import org.stillpoint.testkit.PlainHttp.Answer;

/** The API as an app calls it; each exchange is held against the committed document. */
public final class Api {
  private static final OpenApiInteractionValidator ANSWERS = validator(true);
  private static final OpenApiValidationFilter CONTRACT =
      new OpenApiValidationFilter(validator(false));
  private static final OpenApiValidationFilter CONTRACT_OF_ANSWERS =
      new OpenApiValidationFilter(ANSWERS);

  private Api() {}

  /** A call of this person. */
  public static RequestSpecification as(Person person) {
    return anonymous().auth().oauth2(person.token());
  }

  /** A call without a login. */
  public static RequestSpecification anonymous() {
    return given().filter(CONTRACT);
  }

  /** A call that breaks the contract on purpose: only the answer is held against it. */
  public static RequestSpecification wrongly(Person person) {
    return given().filter(CONTRACT_OF_ANSWERS).auth().oauth2(person.token());
  }

  /** The same without a login. */
  public static RequestSpecification wrongly() {
    return given().filter(CONTRACT_OF_ANSWERS);
  }

  /** What the document doesn't allow in this answer of an operation. */
  public static List<String> undocumented(Operation operation, Answer answer) {
    SimpleResponse.Builder response = SimpleResponse.Builder.status(answer.status());
    answer.headers().forEach((name, values) -> response.withHeader(name, values));
    if (answer.isStream()) {
      response.withBody(":");
    } else if (!answer.body().isEmpty()) {
      response.withBody(answer.body());
    }
    return ANSWERS
        .validateResponse(
            operation.path(), Request.Method.valueOf(operation.method()), response.build())
        .getMessages()
        .stream()
        .filter(message -> message.getLevel() == ValidationReport.Level.ERROR)
        .map(ValidationReport.Message::toString)
        .toList();
  }

  private static OpenApiInteractionValidator validator(boolean answersOnly) {
    LevelResolver.Builder levels =
        LevelResolver.create()
            // Who has no login, or the wrong one, is what such a test is about.
            .withLevel("validation.request.security.missing", ValidationReport.Level.IGNORE)
            // REST Assured names a form when there is no body.
            .withLevel("validation.request.contentType.notAllowed", ValidationReport.Level.IGNORE);
    if (answersOnly) {
      levels.withLevel("validation.request", ValidationReport.Level.IGNORE);
    }
    return OpenApiInteractionValidator.createFor(
            Path.of("openapi", "openapi-3.0.yaml").toAbsolutePath().toUri().toString())
        .withLevelResolver(levels.build())
        .build();
  }
}
