package org.stillpoint.contract;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.media.Content;
import org.eclipse.microprofile.openapi.models.media.MediaType;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Puts the examples of the properties together to one for each body and each schema. Of an answer
 * the example is one that was given, where {@code openapi/examples/} has it.
 */
final class Examples {
  private static final String PREFIX = "#/components/schemas/";
  private static final String ID = "01939a00-5b70-7c11-8a3f-9c7f1d2e6b05";
  private static final Path GIVEN = Path.of("openapi", "examples");

  private final Map<String, Schema> schemas;
  private final OpenAPI document;

  Examples(OpenAPI document) {
    this.document = document;
    this.schemas = document.getComponents().getSchemas();
  }

  void add() {
    schemas
        .values()
        .forEach(
            schema -> {
              if (schema.getExamples() == null) {
                schema.setExamples(List.of(of(schema)));
              }
            });
    document
        .getPaths()
        .getPathItems()
        .values()
        .forEach(path -> path.getOperations().values().forEach(this::add));
  }

  private void add(Operation operation) {
    if (operation.getRequestBody() != null) {
      add(operation.getRequestBody().getContent());
    }
    operation
        .getResponses()
        .getAPIResponses()
        .forEach(
            (code, response) -> {
              if (code.startsWith("2")) {
                addGiven(operation.getOperationId(), response.getContent());
              }
              add(response.getContent());
            });
  }

  private static void addGiven(String operation, @Nullable Content content) {
    Path file = GIVEN.resolve(operation + ".json");
    if (content != null && Files.exists(file)) {
      try {
        content
            .getMediaType("application/json")
            .setExample(new ObjectMapper().readValue(file.toFile(), Object.class));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private void add(@Nullable Content content) {
    if (content != null) {
      for (MediaType media : content.getMediaTypes().values()) {
        if (media.getExample() == null && media.getSchema() != null) {
          media.setExample(of(media.getSchema()));
        }
      }
    }
  }

  private Object of(Schema schema) {
    if (schema.getRef() != null) {
      String name = schema.getRef().substring(PREFIX.length());
      return of(Objects.requireNonNull(schemas.get(name), name));
    }
    if (schema.getExamples() != null && !schema.getExamples().isEmpty()) {
      return schema.getExamples().getFirst();
    }
    if (schema.getProperties() != null) {
      Map<String, Object> example = new LinkedHashMap<>();
      schema.getProperties().forEach((name, property) -> example.put(name, of(property)));
      return example;
    }
    if (schema.getItems() != null) {
      Integer least = schema.getMinItems();
      return Collections.nCopies(least == null ? 1 : Math.max(1, least), of(schema.getItems()));
    }
    if (schema.getEnumeration() != null) {
      return schema.getEnumeration().getFirst();
    }
    return switch (schema.getType().getFirst()) {
      case BOOLEAN -> false;
      case INTEGER -> 1;
      default -> "uuid".equals(schema.getFormat()) ? ID : "text";
    };
  }
}
