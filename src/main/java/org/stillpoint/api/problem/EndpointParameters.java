package org.stillpoint.api.problem;

import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import java.lang.annotation.Annotation;
import java.lang.invoke.MethodType;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.lang.reflect.ParameterizedType;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jboss.resteasy.reactive.RestHeader;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.server.core.ResteasyReactiveRequestContext;

/** What the parameters of an endpoint's method are over the wire. */
final class EndpointParameters {
  /** Where the value of a parameter comes from. */
  enum Source {
    BODY,
    QUERY,
    HEADER,
    PATH,
    BEAN
  }

  /** One parameter: where it comes from, and its name there. */
  record Wire(Source source, String name) {}

  private EndpointParameters() {}

  static Wire wire(Parameter parameter) {
    for (Annotation annotation : parameter.getAnnotations()) {
      switch (annotation) {
        case RestQuery it -> {
          return new Wire(Source.QUERY, or(it.value(), parameter.getName()));
        }
        case QueryParam it -> {
          return new Wire(Source.QUERY, it.value());
        }
        case RestHeader it -> {
          return new Wire(Source.HEADER, or(it.value(), hyphenated(parameter.getName())));
        }
        case HeaderParam it -> {
          return new Wire(Source.HEADER, it.value());
        }
        case RestPath _, PathParam _ -> {
          return new Wire(Source.PATH, parameter.getName());
        }
        case BeanParam _ -> {
          return new Wire(Source.BEAN, parameter.getName());
        }
        default -> {}
      }
    }
    return new Wire(Source.BODY, parameter.getName());
  }

  /** The query parameters and headers of this request that can't be read as their type. */
  static List<FieldError> unreadable(ResteasyReactiveRequestContext request) {
    var errors = new ArrayList<FieldError>();
    Method method = request.getTarget().getLazyMethod().getMethod();
    for (Parameter parameter : method.getParameters()) {
      Wire wire = wire(parameter);
      if (wire.source() == Source.QUERY
          && !allReadable(parameter, request.serverRequest().getAllQueryParams(wire.name()))) {
        errors.add(FieldError.query(wire.name(), Flaw.UNREADABLE_PARAMETER));
      } else if (wire.source() == Source.HEADER
          && !allReadable(parameter, request.serverRequest().getAllRequestHeaders(wire.name()))) {
        errors.add(FieldError.header(wire.name(), Flaw.UNREADABLE_PARAMETER));
      }
    }
    return errors;
  }

  private static boolean allReadable(Parameter parameter, List<String> values) {
    Class<?> type = elementType(parameter);
    return values.stream().allMatch(value -> readable(type, value));
  }

  private static Class<?> elementType(Parameter parameter) {
    return parameter.getParameterizedType() instanceof ParameterizedType generic
            && generic.getActualTypeArguments()[0] instanceof Class<?> element
        ? element
        : MethodType.methodType(parameter.getType()).wrap().returnType();
  }

  private static boolean readable(Class<?> type, String value) {
    for (String factory : List.of("fromString", "valueOf", "parse")) {
      for (Class<?> argument : List.of(String.class, CharSequence.class)) {
        try {
          type.getMethod(factory, argument).invoke(null, value);
          return true;
        } catch (NoSuchMethodException | IllegalAccessException absent) {
          // the next way to read it
        } catch (InvocationTargetException refused) {
          return false;
        }
      }
    }
    return true;
  }

  private static String or(String given, String otherwise) {
    return given.isEmpty() ? otherwise : given;
  }

  private static String hyphenated(String camelCase) {
    String spaced = camelCase.replaceAll("(?<=[a-z0-9])(?=[A-Z])", "-");
    return spaced.substring(0, 1).toUpperCase(Locale.ROOT) + spaced.substring(1);
  }
}
