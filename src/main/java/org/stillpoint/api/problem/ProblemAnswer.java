package org.stillpoint.api.problem;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.stillpoint.api.language.Language;
import org.stillpoint.api.language.Languages;

/** Writes a failure as a problem, whoever has to answer it: a resource, a filter, a connection. */
public final class ProblemAnswer {
  /** The media type of every failure. */
  public static final String MEDIA_TYPE = "application/problem+json";

  private static final ObjectMapper JSON = new ObjectMapper();

  private ProblemAnswer() {}

  /** The failure as bytes. */
  public static byte[] body(ProblemException failure, Language language, String requestId) {
    ProblemType type = failure.type();
    List<ProblemError> errors =
        failure.errors().stream().map(error -> wire(error, language)).toList();
    var problem =
        new Problem(
            "urn:stillpoint:problem:" + type.code(),
            Translations.of(type, language),
            type.status(),
            type.code(),
            requestId,
            errors.isEmpty() ? null : errors);
    try {
      return JSON.writeValueAsBytes(problem);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Answers outside of any resource. */
  public static void send(RoutingContext context, ProblemException failure) {
    HttpServerResponse response = context.response();
    if (response.ended() || response.closed()) {
      return;
    }
    if (response.headWritten()) {
      // Half an answer is out; only a broken connection says that the rest won't come.
      context.request().connection().close();
      return;
    }
    Language language = Languages.of(context.request().getHeader(HttpHeaders.ACCEPT_LANGUAGE));
    response.setStatusCode(failure.type().status());
    response.putHeader(HttpHeaders.CONTENT_TYPE, MEDIA_TYPE);
    response.putHeader(HttpHeaders.CONTENT_LANGUAGE, language.tag());
    failure.headers().forEach(response::putHeader);
    response.end(Buffer.buffer(body(failure, language, RequestId.of(context))));
  }

  /** The answer of a resource. */
  static Response of(RoutingContext context, ProblemException failure) {
    Language language = Languages.of(context.request().getHeader(HttpHeaders.ACCEPT_LANGUAGE));
    var response =
        Response.status(failure.type().status())
            .type(MEDIA_TYPE)
            .header(HttpHeaders.CONTENT_LANGUAGE, language.tag())
            .entity(body(failure, language, RequestId.of(context)));
    failure.headers().forEach(response::header);
    return response.build();
  }

  private static ProblemError wire(FieldError error, Language language) {
    @Nullable Flaw flaw = error.flaw();
    @Nullable String text = error.text();
    String detail = flaw != null ? Translations.of(flaw, language) : text == null ? "" : text;
    return new ProblemError(error.pointer(), error.parameter(), detail);
  }
}
