package org.stillpoint.api.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.ext.Provider;
import java.io.IOException;
import java.io.InputStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import org.jboss.resteasy.reactive.server.spi.ResteasyReactiveResourceInfo;
import org.jboss.resteasy.reactive.server.spi.ServerMessageBodyReader;
import org.jboss.resteasy.reactive.server.spi.ServerRequestContext;
import org.jspecify.annotations.Nullable;
import org.stillpoint.api.problem.HttpProblem;

/** Reads the bodies of requests, in place of the framework's lenient reader. */
@Provider
@Consumes(MediaType.APPLICATION_JSON)
public class StrictJsonReader implements ServerMessageBodyReader<Object> {
  private final ObjectMapper mapper;

  StrictJsonReader(ObjectMapper mapper) {
    this.mapper = mapper;
  }

  @Override
  public boolean isReadable(
      Class<?> type, Type genericType, ResteasyReactiveResourceInfo method, MediaType mediaType) {
    return true;
  }

  @Override
  public boolean isReadable(
      Class<?> type, Type genericType, Annotation[] annotations, MediaType mediaType) {
    return true;
  }

  @Override
  public @Nullable Object readFrom(
      Class<Object> type, Type genericType, MediaType mediaType, ServerRequestContext context)
      throws IOException {
    byte[] body = context.getInputStream().readAllBytes();
    if (body.length > 0
        && context.getRequestHeaders().getHeaderString(HttpHeaders.CONTENT_TYPE) == null) {
      throw HttpProblem.UNSUPPORTED_MEDIA_TYPE.exception();
    }
    return read(genericType, body);
  }

  @Override
  public @Nullable Object readFrom(
      Class<Object> type,
      Type genericType,
      Annotation[] annotations,
      MediaType mediaType,
      MultivaluedMap<String, String> headers,
      InputStream body)
      throws IOException {
    return read(genericType, body.readAllBytes());
  }

  /** No body is null: whether there has to be one is said by the endpoint's constraints. */
  private @Nullable Object read(Type type, byte[] body) throws IOException {
    if (body.length == 0) {
      return null;
    }
    JavaType target = mapper.constructType(type);
    try (JsonParser parser = mapper.createParser(JsonText.decode(body))) {
      if (parser.nextToken() == null) {
        throw HttpProblem.MALFORMED_JSON.exception();
      }
      @Nullable Object value = mapper.readerFor(target).readValue(parser);
      if (parser.nextToken() != null) {
        throw HttpProblem.MALFORMED_JSON.exception();
      }
      return value;
    } catch (JsonProcessingException e) {
      throw JsonProblems.of(e);
    }
  }
}
