package org.stillpoint.api.json;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import com.fasterxml.jackson.databind.type.LogicalType;
import io.quarkus.jackson.ObjectMapperCustomizer;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.UUID;

/** Every value has one form, and nothing is guessed. */
@Singleton
public class StrictJson implements ObjectMapperCustomizer {
  private static final DateTimeFormatter MILLISECONDS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

  private static final int LAST_YEAR = 9999;

  private static final CoercionInputShape[] SCALARS = {
    CoercionInputShape.Integer,
    CoercionInputShape.Float,
    CoercionInputShape.Boolean,
    CoercionInputShape.String,
    CoercionInputShape.EmptyString,
    CoercionInputShape.EmptyArray
  };

  @Override
  public void customize(ObjectMapper mapper) {
    configure(mapper);
  }

  @Override
  public int priority() {
    // The lowest comes last, after the framework's own, which is lenient.
    return MINIMUM_PRIORITY;
  }

  /** Makes a mapper strict; for mappers that aren't the application's own. */
  public static ObjectMapper configure(ObjectMapper mapper) {
    mapper.enable(
        DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES,
        DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES,
        DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS);
    mapper.disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT);
    mapper.disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS);
    mapper.disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS);
    mapper.enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);
    mapper.setDefaultPropertyInclusion(JsonInclude.Include.NON_NULL);
    mapper
        .getFactory()
        .setStreamReadConstraints(
            StreamReadConstraints.builder().maxNestingDepth(32).maxNumberLength(40).build());
    refuseCoercion(mapper);
    mapper.registerModule(values());
    return mapper;
  }

  private static void refuseCoercion(ObjectMapper mapper) {
    for (LogicalType type : LogicalType.values()) {
      for (CoercionInputShape shape : SCALARS) {
        if (!isOwnShape(type, shape)) {
          mapper.coercionConfigFor(type).setCoercion(shape, CoercionAction.Fail);
        }
      }
    }
  }

  private static boolean isOwnShape(LogicalType type, CoercionInputShape shape) {
    return switch (type) {
      case Textual, Enum, DateTime, OtherScalar, Untyped ->
          shape == CoercionInputShape.String || shape == CoercionInputShape.EmptyString;
      case Integer -> shape == CoercionInputShape.Integer;
      case Float -> shape == CoercionInputShape.Integer || shape == CoercionInputShape.Float;
      case Boolean -> shape == CoercionInputShape.Boolean;
      case Array, Collection -> shape == CoercionInputShape.EmptyArray;
      default -> false;
    };
  }

  private static SimpleModule values() {
    var module = new SimpleModule("stillpoint-values");
    module.addDeserializer(
        Instant.class, new TextDeserializer<>(Instant.class, StrictJson::instant));
    module.addDeserializer(
        LocalDate.class, new TextDeserializer<>(LocalDate.class, StrictJson::date));
    module.addDeserializer(
        LocalTime.class, new TextDeserializer<>(LocalTime.class, LocalTime::parse));
    module.addDeserializer(UUID.class, new TextDeserializer<>(UUID.class, StrictJson::uuid));
    module.addSerializer(Instant.class, new InstantSerializer());
    return module;
  }

  private static Instant instant(String text) {
    Instant instant = OffsetDateTime.parse(text).toInstant();
    // Beyond four digits of a year, as it will be written, it is no RFC 3339, and PostgreSQL's
    // range
    // is near.
    int year = instant.atOffset(ZoneOffset.UTC).getYear();
    if (year < 0 || year > LAST_YEAR || text.charAt(0) == '+' || text.charAt(0) == '-') {
      throw new IllegalArgumentException("year");
    }
    return instant;
  }

  private static LocalDate date(String text) {
    if (text.length() != "2026-01-31".length()) {
      throw new IllegalArgumentException("length");
    }
    return LocalDate.parse(text);
  }

  private static UUID uuid(String text) {
    UUID uuid = UUID.fromString(text);
    // The JDK also takes shortened groups.
    if (!uuid.toString().equalsIgnoreCase(text)) {
      throw new IllegalArgumentException("form");
    }
    return uuid;
  }

  /** RFC 3339 in UTC with always three decimals, so that equal lengths sort like times. */
  private static final class InstantSerializer extends StdSerializer<Instant> {
    InstantSerializer() {
      super(Instant.class);
    }

    @Override
    public void serialize(Instant value, JsonGenerator json, SerializerProvider provider)
        throws IOException {
      json.writeString(MILLISECONDS.format(value));
    }
  }
}
