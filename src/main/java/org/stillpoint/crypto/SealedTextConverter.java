package org.stillpoint.crypto;

import jakarta.persistence.AttributeConverter;
import jakarta.persistence.Converter;
import org.jspecify.annotations.Nullable;

/** Stores {@link SealedText} in a column of bytes. */
@Converter(autoApply = true)
public class SealedTextConverter implements AttributeConverter<SealedText, byte[]> {
  @Override
  public byte @Nullable [] convertToDatabaseColumn(@Nullable SealedText text) {
    return text == null ? null : text.bytes();
  }

  @Override
  public @Nullable SealedText convertToEntityAttribute(byte @Nullable [] column) {
    return column == null ? null : SealedText.of(column);
  }
}
