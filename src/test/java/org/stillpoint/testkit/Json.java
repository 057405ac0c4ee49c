package org.stillpoint.testkit;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.restassured.mapper.ObjectMapper;
import io.restassured.mapper.ObjectMapperDeserializationContext;
import io.restassured.mapper.ObjectMapperSerializationContext;
import io.restassured.path.json.JsonPath;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The JSON of an answer. REST Assured compiles a script for each look into one, which took nearly
 * half of the suite's time; names and places in lists are followed here instead.
 */
public final class Json extends JsonPath {
  /** Reads an answer: {@code .as(Json.class, Json.READER)}. */
  public static final ObjectMapper READER = new Reader();

  private static final com.fasterxml.jackson.databind.ObjectMapper JACKSON =
      new com.fasterxml.jackson.databind.ObjectMapper();

  private static final Pattern PLAIN =
      Pattern.compile("[A-Za-z]\\w*(?:\\[\\d+])*(?:\\.[A-Za-z]\\w*(?:\\[\\d+])*)*");
  private static final Pattern STEP = Pattern.compile("(\\w+)|\\[(\\d+)]");

  private final Object root;

  Json(String text) {
    super(text);
    try {
      root = JACKSON.readValue(text, Object.class);
    } catch (JsonProcessingException e) {
      throw new AssertionError("No JSON: " + text, e);
    }
  }

  /** A body. */
  static String text(Map<String, Object> body) {
    return JACKSON.valueToTree(body).toString();
  }

  private static final class Reader implements ObjectMapper {
    @Override
    public Object deserialize(ObjectMapperDeserializationContext answer) {
      return new Json(answer.getDataToDeserialize().asString());
    }

    @Override
    public Object serialize(ObjectMapperSerializationContext body) {
      throw new UnsupportedOperationException();
    }
  }

  @Override
  @SuppressWarnings({"unchecked", "NullAway", "TypeParameterUnusedInFormals"})
  public <T> T get(String path) {
    return PLAIN.matcher(path).matches() ? (T) follow(path) : super.get(path);
  }

  private @Nullable Object follow(String path) {
    @Nullable Object found = root;
    Matcher step = STEP.matcher(path);
    while (found != null && step.find()) {
      @Nullable String name = step.group(1);
      found = name == null ? at(found, Integer.parseInt(step.group(2))) : named(found, name);
    }
    return found;
  }

  private static @Nullable Object at(Object value, int place) {
    List<?> values = (List<?>) value;
    return place < values.size() ? values.get(place) : null;
  }

  /** Of a list, what has this name in each of its members. */
  private static @Nullable Object named(Object value, String name) {
    if (value instanceof List<?> values) {
      List<@Nullable Object> all = new ArrayList<>();
      values.stream().filter(Objects::nonNull).forEach(each -> all.add(named(each, name)));
      return all;
    }
    return ((Map<?, ?>) value).get(name);
  }
}
