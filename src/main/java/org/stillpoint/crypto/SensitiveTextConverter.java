package org.stillpoint.crypto;

import jakarta.persistence.AttributeConverter;
import jakarta.persistence.Converter;
import org.jspecify.annotations.Nullable;

/** Stores {@link SensitiveText} in a text column. */
@Converter(autoApply = true)
public class SensitiveTextConverter implements AttributeConverter<SensitiveText, String> {
  @Override
  public @Nullable String convertToDatabaseColumn(@Nullable SensitiveText text) {
    return text == null ? null : text.reveal();
  }

  @Override
  public @Nullable SensitiveText convertToEntityAttribute(@Nullable String column) {
    return SensitiveText.ofNullable(column);
  }
}
