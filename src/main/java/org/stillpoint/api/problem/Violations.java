package org.stillpoint.api.problem;

import jakarta.validation.ConstraintViolation;
import jakarta.validation.ConstraintViolationException;
import jakarta.validation.ElementKind;
import jakarta.validation.Path;
import jakarta.validation.constraints.NotNull;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.stillpoint.api.problem.EndpointParameters.Source;
import org.stillpoint.api.problem.EndpointParameters.Wire;

/** Tells violated constraints in the words of the wire: pointers, not methods and parameters. */
final class Violations {
  private Violations() {}

  /** The problem, or null where the violation is our own fault and not the caller's. */
  static @Nullable ProblemException problem(
      ConstraintViolationException thrown, @Nullable Method endpoint) {
    var errors = new ArrayList<FieldError>();
    for (ConstraintViolation<?> violation : thrown.getConstraintViolations()) {
      Deque<Path.Node> path = new ArrayDeque<>();
      violation.getPropertyPath().forEach(path::add);
      Path.@Nullable Node first = path.peek();
      if (first == null || first.getKind() != ElementKind.METHOD || endpoint == null) {
        return null;
      }
      path.remove();
      if (!(path.poll() instanceof Path.ParameterNode parameter)) {
        return null;
      }
      Wire wire = wire(endpoint, parameter);
      if (wire.source() == Source.PATH) {
        return HttpProblem.NOT_FOUND.exception();
      }
      if (wire.source() == Source.BODY && path.isEmpty() && isNotNull(violation)) {
        return HttpProblem.BODY_MISSING.exception();
      }
      errors.add(error(wire, path, violation.getMessage()));
    }
    // Violations come as a set; the same request gets the same answer.
    errors.sort(Comparator.comparing(FieldError::toString));
    return HttpProblem.VALIDATION_FAILED.exception().withErrors(errors);
  }

  private static Wire wire(Method endpoint, Path.ParameterNode node) {
    Parameter[] parameters = endpoint.getParameters();
    return EndpointParameters.wire(parameters[node.getParameterIndex()]);
  }

  private static boolean isNotNull(ConstraintViolation<?> violation) {
    return violation.getConstraintDescriptor().getAnnotation() instanceof NotNull;
  }

  private static FieldError error(Wire wire, Deque<Path.Node> path, String message) {
    return switch (wire.source()) {
      case QUERY -> new FieldError(null, "?" + wire.name(), null, message);
      case HEADER -> new FieldError(null, wire.name(), null, message);
      case BEAN -> new FieldError(null, "?" + last(path, wire.name()), null, message);
      default -> FieldError.member(pointer(path), message);
    };
  }

  private static String last(Deque<Path.Node> path, String otherwise) {
    Path.@Nullable Node node = path.peekLast();
    return node == null ? otherwise : Objects.requireNonNullElse(node.getName(), otherwise);
  }

  private static String pointer(Deque<Path.Node> path) {
    var steps = new ArrayList<String>();
    for (Path.Node node : path) {
      if (node.getIndex() != null) {
        steps.add(node.getIndex().toString());
      } else if (node.getKey() != null) {
        steps.add(node.getKey().toString());
      }
      if (node.getKind() == ElementKind.PROPERTY && node.getName() != null) {
        steps.add(node.getName());
      }
    }
    return JsonPointers.of(steps);
  }
}
