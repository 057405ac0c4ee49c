package org.stillpoint.crypto;

import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.constraints.Pattern;
import org.jspecify.annotations.Nullable;

/** Lets {@code @Pattern} bind a {@link SensitiveText}, all of it as for a string. */
public class SensitiveTextPatternValidator implements ConstraintValidator<Pattern, SensitiveText> {
  private java.util.regex.Pattern pattern = java.util.regex.Pattern.compile("");

  @Override
  public void initialize(Pattern constraint) {
    pattern = java.util.regex.Pattern.compile(constraint.regexp());
  }

  @Override
  public boolean isValid(@Nullable SensitiveText text, ConstraintValidatorContext context) {
    return text == null || pattern.matcher(text.reveal()).matches();
  }
}
