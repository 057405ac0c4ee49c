package org.stillpoint.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What Linux knows of processes. */
final class Processes {
  /** The unit of {@code /proc/PID/stat}, which is the same on every Linux. */
  private static final double TICKS_PER_SECOND = 100;

  private static final Pattern PSS = Pattern.compile("(?m)^Pss: +(\\d+) kB");

  private Processes() {}

  /** The CPU seconds that a process has used, its ended children included. */
  static double cpuSeconds(ProcessHandle process) {
    try {
      String stat = Files.readString(Path.of("/proc/" + process.pid() + "/stat"));
      // The name in parentheses may hold spaces; the fields 14 to 17 follow it.
      String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
      long ticks = 0;
      for (int field = 11; field <= 14; field++) {
        ticks += Long.parseLong(fields[field]);
      }
      return ticks / TICKS_PER_SECOND;
    } catch (IOException ended) {
      return 0;
    }
  }

  /** The same of a process and of all that descend from it. */
  static double cpuSecondsOfTree(ProcessHandle root) {
    return tree(root).mapToDouble(Processes::cpuSeconds).sum();
  }

  /** The resident memory in megabytes; what is shared is counted once. */
  static double megabytesOfTree(ProcessHandle root) {
    return tree(root).mapToDouble(Processes::megabytes).sum();
  }

  static double megabytes(ProcessHandle process) {
    try {
      Matcher pss =
          PSS.matcher(Files.readString(Path.of("/proc/" + process.pid() + "/smaps_rollup")));
      return pss.find() ? Long.parseLong(pss.group(1)) / 1024.0 : 0;
    } catch (IOException ended) {
      return 0;
    }
  }

  private static Stream<ProcessHandle> tree(ProcessHandle root) {
    return Stream.concat(Stream.of(root), root.descendants());
  }
}
