package org.stillpoint.api.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import java.io.IOException;
import java.time.DateTimeException;
import java.util.function.Function;

/**
 * Reads a value that has exactly one form, a string. Jackson's own readers also take numbers,
 * arrays and shortened forms for dates and ids.
 */
final class TextDeserializer<T> extends StdScalarDeserializer<T> {
  private final transient Function<String, T> parse;

  TextDeserializer(Class<T> type, Function<String, T> parse) {
    super(type);
    this.parse = parse;
  }

  @Override
  @SuppressWarnings("unchecked")
  public T deserialize(JsonParser parser, DeserializationContext context) throws IOException {
    if (!parser.hasToken(JsonToken.VALUE_STRING)) {
      return (T) context.handleUnexpectedToken(handledType(), parser);
    }
    String text = parser.getText();
    try {
      return parse.apply(text);
    } catch (DateTimeException | IllegalArgumentException unreadable) {
      return (T) context.handleWeirdStringValue(handledType(), text, "not in its form");
    }
  }
}
