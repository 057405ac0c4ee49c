package org.stillpoint.delivery;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** What somebody tries who wants this server to call what only it can reach. */
final class ForbiddenAddresses {
  private ForbiddenAddresses() {}

  static List<String> all() {
    try (InputStream file =
        Objects.requireNonNull(
            ForbiddenAddresses.class.getResourceAsStream("forbidden-addresses.txt"))) {
      Stream<String> readable =
          new String(file.readAllBytes(), StandardCharsets.UTF_8)
              .lines()
              .filter(line -> !line.isEmpty() && !line.startsWith("#"));
      // What can't be seen in a file.
      Stream<String> unreadable =
          Stream.of(
              "",
              " https://example.com/",
              "https://example.com/ ",
              "https://example.com/\t",
              "https://exam\tple.com/",
              "https://example.com\r\nHost: 127.0.0.1/",
              "https://example.com/\n",
              "https://example.com/\u0000",
              "https://example.com\u0000.127.0.0.1/",
              "https://example.com\u200b/",
              "https://exam\u202eple.com/",
              "https://exa\u00admple.com/",
              "\ufeffhttps://example.com/",
              "https://example.com/" + "a".repeat(1_981),
              "https://" + "a.".repeat(150) + "com/",
              "https://" + "a".repeat(64) + ".com/");
      return Stream.concat(readable, unreadable).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
