package org.stillpoint.practicetool;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.stillpoint.client.model.Provenance;

/** What the tool keeps on the practitioner's machine. */
public final class Notes {
  private final Map<Key, Note> notes = new HashMap<>();

  /** Two people can answer one item, and one thing can be read under two grants. */
  private record Key(UUID grantId, @Nullable UUID memberId, String type, UUID id) {
    static Key of(Note note) {
      return new Key(
          note.provenance().getGrantId(), note.provenance().getMemberId(), note.type(), note.id());
    }
  }

  /**
   * Something that was read.
   *
   * @param content as it came
   */
  public record Note(String type, UUID id, Provenance provenance, Object content) {}

  /** All that there is. */
  public List<Note> all() {
    return List.copyOf(notes.values());
  }

  void keep(Collection<Note> read) {
    read.forEach(note -> notes.put(Key.of(note), note));
  }

  /** Keeps what was read, and nothing else of this grant. */
  void keepOnly(UUID grantId, Collection<Note> read) {
    drop(grantId);
    keep(read);
  }

  void drop(UUID grantId) {
    notes.keySet().removeIf(key -> key.grantId().equals(grantId));
  }
}
