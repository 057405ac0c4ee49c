package org.stillpoint.privacy.spi;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A copy of a member's data as it is put together. */
public final class ExportDraft {
  private final Map<Class<?>, List<Record>> copies = new HashMap<>();

  /** Adds records of {@link ExportDocument}. */
  public void add(List<? extends Record> more) {
    for (Record copy : more) {
      copies.computeIfAbsent(copy.getClass(), kind -> new ArrayList<>()).add(copy);
    }
  }

  /** What there is one of. */
  public <T extends Record> T one(Class<T> kind) {
    return of(kind).getFirst();
  }

  /** What was added of this kind, in its order. */
  public <T extends Record> List<T> of(Class<T> kind) {
    return copies.getOrDefault(kind, List.of()).stream().map(kind::cast).toList();
  }
}
