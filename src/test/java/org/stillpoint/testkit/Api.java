package org.stillpoint.testkit;

import static io.restassured.RestAssured.given;

import com.atlassian.oai.validator.OpenApiInteractionValidator;
import com.atlassian.oai.validator.report.LevelResolver;
import com.atlassian.oai.validator.report.ValidationReport;
import com.atlassian.oai.validator.restassured.OpenApiValidationFilter;
import io.restassured.specification.RequestSpecification;
import java.nio.file.Path;

/** The API as an app calls it; each exchange is held against the committed document. */
public final class Api {
  private static final OpenApiValidationFilter CONTRACT = contract(false);
  private static final OpenApiValidationFilter CONTRACT_OF_ANSWERS = contract(true);

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

  private static OpenApiValidationFilter contract(boolean answersOnly) {
    LevelResolver.Builder levels =
        LevelResolver.create()
            // Who has no login, or the wrong one, is what such a test is about.
            .withLevel("validation.request.security.missing", ValidationReport.Level.IGNORE)
            // REST Assured names a form when there is no body.
            .withLevel("validation.request.contentType.notAllowed", ValidationReport.Level.IGNORE);
    if (answersOnly) {
      levels.withLevel("validation.request", ValidationReport.Level.IGNORE);
    }
    return new OpenApiValidationFilter(
        OpenApiInteractionValidator.createFor(
                Path.of("openapi", "openapi-3.0.yaml").toAbsolutePath().toUri().toString())
            .withLevelResolver(levels.build())
            .build());
  }
}
