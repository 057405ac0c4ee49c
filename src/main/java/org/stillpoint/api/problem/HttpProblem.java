package org.stillpoint.api.problem;

import org.jspecify.annotations.Nullable;

/** The failures that any operation can have. */
public enum HttpProblem implements ProblemType {
  BAD_REQUEST(400, "The request can't be read as HTTP; check how your client writes it."),
  HOST_AMBIGUOUS(400, "Send exactly one Host header."),
  UNEXPECTED_BODY(400, "This method takes no body; send the request without one."),
  MALFORMED_JSON(400, "The body isn't one well-formed JSON value in UTF-8; check its syntax."),
  BODY_MISSING(400, "This operation needs a JSON body; send one."),
  VALIDATION_FAILED(
      400, "Some values can't be accepted; correct those that are listed, and send again."),
  UNAUTHENTICATED(401, "Sign in, and send a valid access token."),
  INSUFFICIENT_SCOPE(403, "This app has not been given the permission for that; ask for it."),
  NOT_FOUND(404, "There is nothing here that you can see."),
  METHOD_NOT_ALLOWED(405, "This method isn't offered here; use one of those in Allow."),
  NOT_ACCEPTABLE(406, "The answer doesn't come in the format that you accept; accept JSON."),
  REQUEST_TIMEOUT(408, "The request took too long to arrive; send it again."),
  CONFLICT(409, "This collides with another change; read the current state, and try again."),
  BODY_TOO_LARGE(413, "The body is too large; send less at once."),
  URI_TOO_LONG(414, "The address is too long; shorten its parameters."),
  UNSUPPORTED_MEDIA_TYPE(415, "Send the body as application/json."),
  RATE_LIMITED(429, "Too many requests; wait as long as Retry-After says."),
  HEADERS_TOO_LARGE(431, "The headers are too large; send fewer or shorter ones."),
  INTERNAL_ERROR(500, "Something failed on our side; try again, and quote the request id."),
  UNAVAILABLE(503, "The service is busy; try again in a moment.");

  private final int status;
  private final String title;

  HttpProblem(int status, String title) {
    this.status = status;
    this.title = title;
  }

  @Override
  public int status() {
    return status;
  }

  @Override
  public String title() {
    return title;
  }

  /** A 401 with the challenge of RFC 6750; it names the token as invalid if one was sent. */
  public static ProblemException unauthenticated(@Nullable String authorization) {
    boolean tokenSent = authorization != null && !authorization.isBlank();
    return UNAUTHENTICATED
        .exception()
        .withHeader("WWW-Authenticate", tokenSent ? "Bearer error=\"invalid_token\"" : "Bearer");
  }

  /** A 403 that names the missing scope, or none if it isn't known. */
  public static ProblemException insufficientScope(@Nullable String scope) {
    String challenge = "Bearer error=\"insufficient_scope\"";
    return INSUFFICIENT_SCOPE
        .exception()
        .withHeader(
            "WWW-Authenticate",
            scope == null ? challenge : challenge + ", scope=\"" + scope + "\"");
  }

  /** The general problem of an HTTP status. */
  static HttpProblem ofStatus(int status) {
    return switch (status) {
      case 401 -> UNAUTHENTICATED;
      case 403 -> INSUFFICIENT_SCOPE;
      case 404 -> NOT_FOUND;
      case 405 -> METHOD_NOT_ALLOWED;
      case 406 -> NOT_ACCEPTABLE;
      case 408 -> REQUEST_TIMEOUT;
      case 409 -> CONFLICT;
      case 413 -> BODY_TOO_LARGE;
      case 414 -> URI_TOO_LONG;
      case 415 -> UNSUPPORTED_MEDIA_TYPE;
      case 429 -> RATE_LIMITED;
      case 431 -> HEADERS_TOO_LARGE;
      case 503 -> UNAVAILABLE;
      default -> status >= 400 && status < 500 ? BAD_REQUEST : INTERNAL_ERROR;
    };
  }
}
