package org.stillpoint.sandbox;

import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.Router;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;

/**
 * The pages of a sandbox: two phones side by side, and the operations to try. Elsewhere there are
 * no pages.
 */
@Singleton
class SandboxPages {
  private static final String FILES = "/sandbox-page/";

  /** What is here may be loaded, and nothing else; the list of operations styles itself. */
  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; connect-src 'self';"
          + " img-src 'self' data:; frame-ancestors 'none'";

  void register(@Observes Router router, Sandbox sandbox) {
    if (sandbox.isOn()) {
      page(router, "/", "index.html");
      page(router, "/sandbox/docs", "docs.html");
      for (String file : new String[] {"phones.js", "phones.css", "docs.js"}) {
        page(router, "/sandbox/page/" + file, file);
      }
    }
  }

  private static void page(Router router, String path, String file) {
    Buffer content = Buffer.buffer(read(file));
    String type =
        switch (file.substring(file.lastIndexOf('.'))) {
          case ".html" -> "text/html; charset=utf-8";
          case ".css" -> "text/css; charset=utf-8";
          default -> "text/javascript; charset=utf-8";
        };
    router
        .get(path)
        .handler(
            context ->
                context
                    .response()
                    .putHeader("Content-Type", type)
                    .putHeader("Content-Security-Policy", POLICY)
                    .end(content));
  }

  private static byte[] read(String file) {
    try (InputStream in =
        Objects.requireNonNull(SandboxPages.class.getResourceAsStream(FILES + file), file)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
