package org.stillpoint.contract;

import jakarta.validation.constraints.Pattern;
import java.util.Map;
import java.util.Objects;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.hibernate.validator.constraints.Length;
import org.jboss.jandex.AnnotationInstance;
import org.jboss.jandex.AnnotationTarget;
import org.jboss.jandex.AnnotationValue;
import org.jboss.jandex.DotName;
import org.jboss.jandex.FieldInfo;
import org.jboss.jandex.IndexView;
import org.jboss.jandex.Type;
import org.jspecify.annotations.Nullable;

/** Writes down what the code demands of people's words, alone and in lists. */
final class Bounds {
  private static final DotName SCHEMA =
      DotName.createSimple(
          org.eclipse.microprofile.openapi.annotations.media.Schema.class.getName());

  private static final DotName LENGTH = DotName.createSimple(Length.class.getName());
  private static final DotName PATTERN = DotName.createSimple(Pattern.class.getName());

  /** How long a text of such a form is at most. */
  private static final Map<String, Integer> LONGEST =
      Map.of(
          "[0-9]{6}", 6,
          "[0-9a-f]{64}", 64,
          "[a-z0-9-]{1,40}", 40,
          "[a-z0-9]([a-z0-9-]{0,38}[a-z0-9])?", 40,
          "[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,4}", 39);

  private Bounds() {}

  static void add(IndexView index, Map<String, Schema> schemas) {
    for (AnnotationInstance annotation : index.getAnnotations(SCHEMA)) {
      @Nullable AnnotationValue name = annotation.value("name");
      if (name != null && annotation.target().kind() == AnnotationTarget.Kind.CLASS) {
        @Nullable Schema schema = schemas.get(name.asString());
        if (schema != null && schema.getProperties() != null) {
          for (FieldInfo field : annotation.target().asClass().fields()) {
            add(field.type(), schema.getProperties().get(field.name()));
          }
        }
      }
    }
  }

  private static void add(Type type, @Nullable Schema schema) {
    if (schema == null) {
      return;
    }
    @Nullable AnnotationInstance length = type.annotation(LENGTH);
    if (length != null) {
      @Nullable AnnotationValue least = length.value("min");
      if (least != null) {
        schema.minLength(least.asInt());
      }
      schema.maxLength(length.value("max").asInt());
    }
    @Nullable AnnotationInstance pattern = type.annotation(PATTERN);
    if (pattern != null) {
      String form = pattern.value("regexp").asString();
      schema.pattern(form).maxLength(Objects.requireNonNull(LONGEST.get(form), form));
    }
    if (type.kind() == Type.Kind.PARAMETERIZED_TYPE) {
      add(type.asParameterizedType().arguments().getFirst(), schema.getItems());
    }
  }
}
