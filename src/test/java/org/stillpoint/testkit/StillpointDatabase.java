package org.stillpoint.testkit;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.stillpoint.Groundwork;

/** A new embedded PostgreSQL, and a sandbox's keys, for all tests of a run. */
public class StillpointDatabase implements QuarkusTestResourceLifecycleManager {
  private static final Path FOLDER = Path.of("target", "test-stillpoint").toAbsolutePath();

  private @Nullable Groundwork groundwork;

  @Override
  public Map<String, String> start() {
    deleteAll(FOLDER);
    groundwork = Groundwork.sandbox(FOLDER);
    return new HashMap<>(groundwork.properties());
  }

  @Override
  public void stop() {
    if (groundwork != null) {
      groundwork.close();
    }
  }

  private static void deleteAll(Path folder) {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> found = Files.walk(folder)) {
      for (Path path : found.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
