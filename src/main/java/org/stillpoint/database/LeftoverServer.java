package org.stillpoint.database;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Ends what still runs on a data folder although nobody holds it any more: a server whose JVM and
 * supervisor were killed, or the sessions of a server that was killed. Only the holder of the
 * folder's lock may call it.
 */
final class LeftoverServer {
  /** A fast stop writes a checkpoint; a slow disk takes its time for it. */
  private static final Duration FAST_STOP = Duration.ofSeconds(60);

  private static final Duration NOTICED = Duration.ofSeconds(2);

  private LeftoverServer() {}

  static void stop(Path data) throws IOException, InterruptedException {
    Optional<PostmasterFile> file = PostmasterFile.in(data);
    if (file.isEmpty()) {
      return;
    }
    Optional<ProcessHandle> server = process(data, file.get());
    if (server.isPresent()) {
      if (!file.get().singleUser()) {
        interrupt(server.get());
      }
      await(data, server.get(), FAST_STOP);
    }
    for (ProcessHandle session : sessions(data)) {
      // They end by themselves unless they are deep in a computation. The log has what counts.
      await(data, session, NOTICED);
    }
  }

  /**
   * The number of a living process that is none of ours, but that {@code postmaster.pid} names: its
   * server was killed, and the number was given out again. PostgreSQL would take it for a server.
   */
  static Optional<Long> recycledPid(Path data) throws IOException {
    return PostmasterFile.in(data)
        .filter(file -> process(data, file).isEmpty())
        .map(PostmasterFile::pid)
        .filter(pid -> ProcessHandle.of(pid).isPresent());
  }

  private static Optional<ProcessHandle> process(Path data, PostmasterFile file) {
    return ProcessHandle.of(file.pid()).filter(process -> runsOn(data, process));
  }

  private static List<ProcessHandle> sessions(Path data) {
    return ProcessHandle.allProcesses().filter(process -> runsOn(data, process)).toList();
  }

  /**
   * A server's processes work in their data folder; where that can't be read, its arguments say.
   */
  private static boolean runsOn(Path data, ProcessHandle process) {
    ProcessHandle.Info info = process.info();
    if (info.command().filter(command -> command.endsWith("/postgres")).isEmpty()) {
      return false;
    }
    try {
      return Files.readSymbolicLink(Path.of("/proc", Long.toString(process.pid()), "cwd"))
          .equals(data);
    } catch (IOException noSuchView) {
      return info.arguments().map(List::of).orElse(List.of()).contains(data.toString());
    }
  }

  /** The signal of PostgreSQL's fast stop, which Java can't send by itself. */
  private static void interrupt(ProcessHandle server) throws IOException, InterruptedException {
    new ProcessBuilder("sh", "-c", "kill -INT \"$1\"", "sh", Long.toString(server.pid()))
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start()
        .waitFor();
  }

  private static void await(Path data, ProcessHandle process, Duration patience)
      throws InterruptedException {
    if (!ended(data, process, patience)) {
      // As good as a power failure, which the log is made for.
      process.destroyForcibly();
      ended(data, process, patience);
    }
  }

  /**
   * Looks often, where Java's own waiting looks at most three times a second. And looks at what the
   * process does: one that ended stays "alive" until its parent, by now anybody, takes note.
   */
  private static boolean ended(Path data, ProcessHandle process, Duration patience)
      throws InterruptedException {
    long deadline = System.nanoTime() + patience.toNanos();
    while (runsOn(data, process)) {
      if (System.nanoTime() > deadline) {
        return false;
      }
      Thread.sleep(5);
    }
    return true;
  }
}
