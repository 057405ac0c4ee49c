package org.stillpoint.mallory;

import jakarta.ws.rs.core.HttpHeaders;
import java.lang.reflect.Proxy;
import java.util.List;

/** The headers of a request that has only one. */
final class OneHeader {
  private OneHeader() {}

  static HttpHeaders of(String name, String value) {
    return (HttpHeaders)
        Proxy.newProxyInstance(
            HttpHeaders.class.getClassLoader(),
            new Class<?>[] {HttpHeaders.class},
            (proxy, method, arguments) -> {
              if (!"getRequestHeader".equals(method.getName())) {
                throw new UnsupportedOperationException(method.getName());
              }
              return name.equals(arguments[0]) ? List.of(value) : null;
            });
  }
}
