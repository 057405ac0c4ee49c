package org.stillpoint.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.stillpoint.identity.Scopes;

/** The committed document of the API. */
public final class ApiDocument {
  private static final Path FILE = Path.of("openapi", "openapi.yaml");
  private static final Set<String> METHODS = Set.of("get", "put", "post", "patch", "delete");

  private final JsonNode root;

  private ApiDocument(JsonNode root) {
    this.root = root;
  }

  /** One operation: a method on a path. */
  public record Operation(String id, String method, String path, JsonNode node) {
    /** What takes things away last, the innermost before the rest. */
    public static final Comparator<Operation> TAKING_AWAY_LAST =
        Comparator.comparingInt(
            operation -> "DELETE".equals(operation.method()) ? -operation.path().length() : -1_000);

    /** The scopes that a login needs for it; none for a tap. */
    public Set<String> scopes() {
      Set<String> scopes = new TreeSet<>();
      node.at("/security/0/login").forEach(scope -> scopes.add(scope.asText()));
      return scopes;
    }

    /** Whether a tap key takes the place of a login. */
    public boolean takesTapKey() {
      return node.at("/security/0").has("tapKey");
    }

    /** Whether it asks for no login and no key: the address is all that it takes. */
    public boolean needsNoLogin() {
      return !node.has("security");
    }

    /** Whether an app itself calls, and no person through it. */
    public boolean isForApps() {
      return scopes().contains(Scopes.WEBHOOKS_MANAGE);
    }

    /** Whether the caller has to name the version that it changes. */
    public boolean needsVersion() {
      for (JsonNode parameter : node.path("parameters")) {
        if ("If-Match".equals(parameter.path("name").asText())) {
          return parameter.path("required").asBoolean();
        }
      }
      return false;
    }

    @Override
    public String toString() {
      return id;
    }
  }

  /** The document, which is read once: it is long. */
  public static ApiDocument read() {
    return Once.DOCUMENT;
  }

  private static final class Once {
    static final ApiDocument DOCUMENT = parse();
  }

  private static ApiDocument parse() {
    try {
      return new ApiDocument(new ObjectMapper(new YAMLFactory()).readTree(FILE.toFile()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public JsonNode root() {
    return root;
  }

  /** All operations, in the order of the document. */
  public List<Operation> operations() {
    List<Operation> operations = new ArrayList<>();
    root.get("paths")
        .properties()
        .forEach(
            path ->
                path.getValue().properties().stream()
                    .filter(entry -> METHODS.contains(entry.getKey()))
                    .forEach(
                        entry ->
                            operations.add(
                                new Operation(
                                    entry.getValue().path("operationId").asText(),
                                    entry.getKey().toUpperCase(Locale.ROOT),
                                    path.getKey(),
                                    entry.getValue()))));
    return operations;
  }
}
