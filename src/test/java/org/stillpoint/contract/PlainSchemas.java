package org.stillpoint.contract;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.media.Content;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Gives the schemas the form that generators of clients like: ids, times and words are plain
 * strings where they stand, and a page of pauses is a {@code PausePage}.
 */
final class PlainSchemas {
  private static final String PREFIX = "#/components/schemas/";
  private static final Set<String> STRINGS = Set.of("UUID", "Instant", "SensitiveText");
  private static final Map<String, String> FORMATS = Map.of("UUID", "uuid", "Instant", "date-time");

  private final OpenAPI document;
  private final Map<String, String> names = new HashMap<>();

  PlainSchemas(OpenAPI document) {
    this.document = document;
  }

  void tidy() {
    Map<String, Schema> renamed = new TreeMap<>();
    document
        .getComponents()
        .getSchemas()
        .forEach(
            (name, schema) -> {
              if (!STRINGS.contains(name)) {
                names.put(name, nameOf(name));
                renamed.put(nameOf(name), schema);
              }
            });
    document.getComponents().setSchemas(renamed);
    renamed.values().forEach(this::visit);
    if (document.getComponents().getResponses() != null)
      document.getComponents().getResponses().values().forEach(found -> visit(found.getContent()));
    document
        .getPaths()
        .getPathItems()
        .values()
        .forEach(path -> path.getOperations().values().forEach(this::visit));
  }

  private static String nameOf(String name) {
    return name.startsWith("Page")
        ? name.substring("Page".length()).replaceFirst("View$", "") + "Page"
        : name;
  }

  private void visit(Operation operation) {
    if (operation.getParameters() != null) {
      operation.getParameters().forEach(parameter -> visit(parameter.getSchema()));
    }
    if (operation.getRequestBody() != null) {
      visit(operation.getRequestBody().getContent());
    }
    operation
        .getResponses()
        .getAPIResponses()
        .values()
        .forEach(response -> visit(response.getContent()));
  }

  private void visit(@Nullable Content content) {
    if (content != null) {
      content.getMediaTypes().values().forEach(media -> visit(media.getSchema()));
    }
  }

  private void visit(@Nullable Schema schema) {
    if (schema == null) {
      return;
    }
    String ref = schema.getRef();
    if (ref != null) {
      String name = ref.substring(PREFIX.length());
      if (STRINGS.contains(name)) {
        schema.setRef(null);
        schema.type(List.of(Schema.SchemaType.STRING)).format(FORMATS.get(name));
      } else {
        schema.setRef(PREFIX + names.get(name));
      }
    }
    if (schema.getProperties() != null) {
      schema.getProperties().values().forEach(this::visit);
    }
    visit(schema.getItems());
  }
}
