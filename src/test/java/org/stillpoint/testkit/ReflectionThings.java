package org.stillpoint.testkit;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A reflection of Ana's, and a copy of it that she has shared with Ben.
 *
 * @param reader who may read the copy
 */
public record ReflectionThings(
    UUID relationshipId, UUID reader, String reflectionId, String snapshotId) {
  /** Of this couple, new. */
  public static ReflectionThings of(Couple couple) {
    String reflection = Reflections.kept(couple.ana(), "What Ana thinks");
    return new ReflectionThings(
        couple.relationship(),
        couple.ben().id(),
        reflection,
        Reflections.shared(couple, reflection));
  }

  /** By the names under which operations take them. */
  public Map<String, String> ids() {
    return Map.of("reflectionId", reflectionId, "snapshotId", snapshotId);
  }

  /** A body that is of some use to an operation; null if the document's example is. */
  public @Nullable Map<String, Object> body(String operation) {
    return switch (operation) {
      case "saveReflection", "changeReflection" -> Reflections.saying("What Ana thinks now");
      case "shareSnapshot" ->
          Map.of("relationshipId", relationshipId, "memberIds", List.of(reader));
      default -> null;
    };
  }
}
