package org.stillpoint.benchmark;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.HdrHistogram.Histogram;

/** What the windows of one setting have shown. */
final class Measurements {
  /**
   * CPU milliseconds for each tap, which is CPU seconds for 1,000.
   *
   * @param server of the application's process
   * @param database of all of the database's processes
   */
  record Cpu(double server, double database) {}

  private final Map<Integer, List<Double>> rates = new LinkedHashMap<>();
  private final Map<Integer, List<Cpu>> cpu = new LinkedHashMap<>();
  private final Map<String, List<Histogram>> delays = new LinkedHashMap<>();

  void closed(int senders, double perSecond, Cpu used) {
    rates.computeIfAbsent(senders, key -> new ArrayList<>()).add(perSecond);
    cpu.computeIfAbsent(senders, key -> new ArrayList<>()).add(used);
  }

  /** The middle one of the windows. */
  double tapsPerSecond(int senders) {
    return middle(rates.getOrDefault(senders, List.of()).stream());
  }

  Cpu cpu(int senders) {
    List<Cpu> all = cpu.getOrDefault(senders, List.of());
    return new Cpu(
        all.stream().mapToDouble(Cpu::server).average().orElse(Double.NaN),
        all.stream().mapToDouble(Cpu::database).average().orElse(Double.NaN));
  }

  void open(int perSecond, int partners, Histogram window) {
    delays.computeIfAbsent(perSecond + "/" + partners, key -> new ArrayList<>()).add(window);
  }

  /** The middle one of the windows: one in which the machine was busy elsewhere decides nothing. */
  double milliseconds(int perSecond, int partners, double percentile) {
    return middle(
        delays.getOrDefault(perSecond + "/" + partners, List.of()).stream()
            .map(window -> window.getValueAtPercentile(percentile) / 1e6));
  }

  private static double middle(Stream<Double> windows) {
    List<Double> sorted = windows.sorted().toList();
    return sorted.isEmpty() ? Double.NaN : sorted.get(sorted.size() / 2);
  }
}
