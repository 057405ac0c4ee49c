package org.stillpoint.api.paging;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.core.HttpHeaders;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;
import org.jspecify.annotations.Nullable;

/** Adds the link to the next page to every page that has one. */
final class PageLinks {
  @ServerResponseFilter
  void link(ContainerRequestContext request, ContainerResponseContext response) {
    if (response.getEntity() instanceof Page<?> page && page.nextCursor() != null) {
      String query = request.getUriInfo().getRequestUri().getRawQuery();
      response
          .getHeaders()
          .add(HttpHeaders.LINK, "<" + next(query, page.nextCursor()) + ">; rel=\"next\"");
    }
  }

  /** Relative, so that it holds behind any proxy, whatever host and prefix that shows. */
  static String next(@Nullable String rawQuery, String cursor) {
    List<String> parameters = new ArrayList<>();
    if (rawQuery != null) {
      for (String parameter : rawQuery.split("&", -1)) {
        if (!parameter.isEmpty() && !parameter.startsWith("cursor=")) {
          parameters.add(parameter);
        }
      }
    }
    parameters.add("cursor=" + URLEncoder.encode(cursor, StandardCharsets.UTF_8));
    return "?" + String.join("&", parameters);
  }
}
