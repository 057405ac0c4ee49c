package org.stillpoint.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The README's first two blocks, as they stand there. */
class ReadmeIT {
  private static final Duration START = Duration.ofMinutes(3);

  @TempDir Path folder;

  @Test
  void theFirstTapIsThereToBePasted() throws Exception {
    assumeThat(Path.of("README.md")).exists();
    assumeThat(isFree(8080) && isFree(9000))
        .as("ports 8080 and 9000, which README.md names, are free")
        .isTrue();
    Path said = folder.resolve("said");
    Process app = shell(block("Run"), said);
    try {
      awaitLine(app, said);
      Path seen = folder.resolve("seen");
      Process tap = shell(block("First tap"), seen);
      assertThat(tap.waitFor(30, TimeUnit.SECONDS)).isTrue();

      String text = Files.readString(seen);
      assertThat(tap.exitValue()).as(text).isZero();
      assertThat(text).containsPattern("[0-9] ?ms").containsIgnoringCase("stop");
    } finally {
      app.descendants().forEach(ProcessHandle::destroy);
      app.destroy();
      app.waitFor();
    }
  }

  private Process shell(String script, Path output) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder("sh", "-ec", script)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().put("STILLPOINT_FOLDER", folder.resolve("data").toString());
    return builder.start();
  }

  private static String block(String heading) throws IOException {
    Matcher found =
        Pattern.compile(
                "^#+ " + heading + "$.*?^```(?:sh|bash|shell)?\\n(.*?)^```$",
                Pattern.MULTILINE | Pattern.DOTALL)
            .matcher(Files.readString(Path.of("README.md")));
    assertThat(found.find()).as("a block under %s", heading).isTrue();
    return found.group(1);
  }

  private static void awaitLine(Process app, Path said) throws Exception {
    long deadline = System.nanoTime() + START.toNanos();
    while (!Files.readString(said).contains("listens on")) {
      assertThat(app.isAlive()).as(Files.readString(said)).isTrue();
      assertThat(System.nanoTime()).as(Files.readString(said)).isLessThan(deadline);
      Thread.sleep(20);
    }
  }

  private static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return socket.isBound();
    } catch (IOException taken) {
      return false;
    }
  }
}
