package org.stillpoint.api.problem;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jboss.resteasy.reactive.server.core.ResteasyReactiveRequestContext;
import org.jboss.resteasy.reactive.server.handlers.ClassRoutingHandler;
import org.jboss.resteasy.reactive.server.handlers.RestInitialHandler.InitialMatch;
import org.jboss.resteasy.reactive.server.mapping.RequestMapper;
import org.jboss.resteasy.reactive.server.mapping.RequestMapper.RequestMatch;
import org.jboss.resteasy.reactive.server.mapping.RuntimeResource;
import org.jboss.resteasy.reactive.server.spi.ServerRestHandler;
import org.jspecify.annotations.Nullable;

/** The methods offered at a path. A 405 must name them, and the framework's doesn't. */
final class AllowedMethods {
  private AllowedMethods() {}

  static String at(ResteasyReactiveRequestContext request) {
    var methods = new TreeSet<String>();
    String path = request.getPathWithoutPrefix();
    var classes = new RequestMapper<>(request.getDeployment().getClassMappers());
    @Nullable RequestMatch<InitialMatch> match = classes.map(path);
    while (match != null) {
      for (ServerRestHandler handler : match.value.handlers) {
        if (handler instanceof ClassRoutingHandler routing) {
          addMatching(routing.getMappers(), match.remaining, methods);
        }
      }
      match = classes.continueMatching(path, match);
    }
    if (methods.contains("GET")) {
      methods.add("HEAD");
    }
    methods.add("OPTIONS");
    return String.join(", ", methods);
  }

  private static void addMatching(
      Map<String, RequestMapper<RuntimeResource>> mappers, String remaining, Set<String> found) {
    String rest = remaining.isEmpty() ? "/" : remaining;
    mappers.forEach(
        (method, mapper) -> {
          if (method != null && mapper.map(rest) != null) {
            found.add(method);
          }
        });
  }
}
