package org.stillpoint.api.json;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.InputCoercionException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.InvalidDefinitionException;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import java.time.temporal.Temporal;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.stillpoint.api.problem.FieldError;
import org.stillpoint.api.problem.Flaw;
import org.stillpoint.api.problem.HttpProblem;
import org.stillpoint.api.problem.JsonPointers;
import org.stillpoint.api.problem.ProblemException;

/** Tells Jackson's refusals as problems; its messages quote the body, and are never passed on. */
final class JsonProblems {
  private JsonProblems() {}

  static ProblemException of(JsonProcessingException thrown) throws JsonProcessingException {
    if (thrown instanceof InvalidDefinitionException) {
      // A type of ours that can't be read at all isn't the caller's fault.
      throw thrown;
    }
    @Nullable Flaw flaw = flaw(thrown);
    if (thrown.getCause() instanceof ProblemException problem) {
      return problem;
    }
    if (flaw == null || !(thrown instanceof JsonMappingException mapping)) {
      return HttpProblem.MALFORMED_JSON.exception();
    }
    return HttpProblem.VALIDATION_FAILED
        .exception()
        .withError(FieldError.member(pointer(mapping), flaw));
  }

  /** What is wrong with the value, or null if the text itself is wrong. */
  private static @Nullable Flaw flaw(JsonProcessingException thrown) {
    return switch (thrown) {
      case UnrecognizedPropertyException _ -> Flaw.UNKNOWN_MEMBER;
      case InvalidFormatException format ->
          format.getValue() instanceof String && isWrittenAsText(format.getTargetType())
              ? Flaw.NOT_ALLOWED_VALUE
              : Flaw.WRONG_TYPE;
      case MismatchedInputException _ -> Flaw.WRONG_TYPE;
      case ValueInstantiationException _ -> Flaw.NOT_ALLOWED_VALUE;
      case JsonMappingException mapping when mapping.getCause() instanceof InputCoercionException ->
          Flaw.OUT_OF_RANGE;
      default -> null;
    };
  }

  private static boolean isWrittenAsText(Class<?> type) {
    return type.isEnum() || Temporal.class.isAssignableFrom(type) || type == UUID.class;
  }

  private static String pointer(JsonMappingException thrown) {
    List<String> steps =
        thrown.getPath().stream()
            .map(
                step ->
                    step.getFieldName() == null
                        ? Integer.toString(step.getIndex())
                        : step.getFieldName())
            .toList();
    return JsonPointers.of(steps);
  }
}
