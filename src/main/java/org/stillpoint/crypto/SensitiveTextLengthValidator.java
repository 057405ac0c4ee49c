package org.stillpoint.crypto;

import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import org.hibernate.validator.constraints.Length;
import org.jspecify.annotations.Nullable;

/** Lets {@code @Length} bound a {@link SensitiveText}, in UTF-16 units as for a string. */
public class SensitiveTextLengthValidator implements ConstraintValidator<Length, SensitiveText> {
  private int min;
  private int max;

  @Override
  public void initialize(Length length) {
    min = length.min();
    max = length.max();
  }

  @Override
  public boolean isValid(@Nullable SensitiveText text, ConstraintValidatorContext context) {
    if (text == null) {
      return true;
    }
    int length = text.reveal().length();
    return length >= min && length <= max;
  }
}
