package org.stillpoint.reflection;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.extensions.Extension;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.hibernate.validator.constraints.Length;
import org.jspecify.annotations.Nullable;
import org.stillpoint.crypto.SensitiveText;
import org.stillpoint.reflection.ReflectionContent.PromptUsed;
import org.stillpoint.reflection.ReflectionService.Entry;

/** The journal and its copies on the wire. */
final class ReflectionViews {
  static final String REFLECTION = "01939d00-0000-7a11-8b22-3c4d5e6f7091";
  static final String SNAPSHOT = "01939d00-1111-7a22-8b33-4c5d6e7f8093";
  static final String RELATIONSHIP = "01939a00-5c1e-7b52-9d5e-3f1f6f0a4c11";
  static final String MEMBER = "01939a00-5b70-7c11-8a3f-9c7f1d2e6b05";
  static final String GRANT = "01939d30-0a1b-7c2d-8e3f-506172839402";
  static final String PROMPT = "body-asks";
  static final String DATE = "2026-11-03";
  static final String TAG = "evenings";

  static final String TIME = "2026-11-03T21:04:05.678Z";
  static final String TEXT = "I was calm until the door fell shut.";
  private static final String TAGS = "[\"evenings\", \"my work\"]";
  private static final String MOOD = "quieter";
  private static final String DAY = "The day that it is about.";
  private static final int LONGEST_TEXT = 10_000;
  private static final int LONGEST_WORD = 40;

  private ReflectionViews() {}

  @Schema(
      name = "ReflectionRequest",
      description =
          "The whole reflection as it is now: words that are left out are not in it. Its kind and its day"
              + " stay as they were when left out.")
  record ReflectionRequest(
      @Schema(description = "`note` at first.", examples = "note") @Nullable ReflectionKind kind,
      @Schema(required = true, maxLength = LONGEST_TEXT, examples = TEXT)
          @NotNull
          @Length(min = 1, max = LONGEST_TEXT)
          SensitiveText text,
      @Schema(description = "The `id` of the prompt that it answers.", examples = PROMPT)
          @Size(max = 64)
          @Nullable String promptId,
      @Schema(description = "Your own words to find it by.", examples = TAGS) @Size(max = 20)
          @Nullable List<@NotNull @Length(min = 1, max = LONGEST_WORD) SensitiveText> tags,
      @Schema(
              maxLength = LONGEST_WORD,
              description = "How you are, in a word of yours.",
              examples = MOOD)
          @Length(min = 1, max = LONGEST_WORD)
          @Nullable SensitiveText mood,
      @Schema(description = DAY + " Today, where you are, at first.", examples = DATE)
          @Nullable LocalDate date) {}

  @Schema(name = "NewReflection", description = "That it is kept; what it says is not repeated.")
  record NewReflectionView(
      @Schema(required = true, examples = REFLECTION) UUID id,
      @Schema(required = true, examples = TIME) Instant createdAt) {}

  @Schema(name = "Reflection", description = "An entry of your journal; nobody else gets it.")
  record ReflectionView(
      @Schema(required = true, examples = REFLECTION) UUID id,
      @Schema(
              required = true,
              examples = "note",
              extensions =
                  @Extension(
                      name = "x-extensible-enum",
                      value = ReflectionKind.WIRE_NAMES,
                      parseValue = true))
          String kind,
      @Schema(required = true, examples = TEXT) SensitiveText text,
      @Schema(description = "The prompt that it answers.", examples = PROMPT)
          @Nullable String promptId,
      @Schema(description = "The prompt's version that you answered.", examples = "1")
          @Nullable Integer promptVersion,
      @Schema(required = true, examples = TAGS) List<SensitiveText> tags,
      @Schema(examples = MOOD) @Nullable SensitiveText mood,
      @Schema(required = true, description = DAY, examples = DATE) LocalDate date,
      @Schema(required = true, examples = TIME) Instant createdAt,
      @Schema(required = true, examples = TIME) Instant changedAt) {
    static ReflectionView of(Entry entry) {
      var about = entry.content().about();
      PromptUsed prompt = about.prompt();
      return new ReflectionView(
          entry.row().id(),
          about.kind().wireName(),
          entry.content().text(),
          prompt == null ? null : prompt.id(),
          prompt == null ? null : prompt.version(),
          about.tags(),
          about.mood(),
          about.date(),
          entry.row().createdAt(),
          entry.row().changedAt());
    }
  }

  @Schema(
      name = "ShareSnapshotRequest",
      description = "With whom to share the reflection as it reads now.")
  record ShareRequest(
      @Schema(required = true, examples = RELATIONSHIP) @NotNull UUID relationshipId,
      @Schema(
              required = true,
              description =
                  "Other current members of it; nobody else gets the copy, later members"
                      + " neither.",
              examples = "[\"" + MEMBER + "\"]")
          @NotNull
          @Size(min = 1, max = 11)
          List<@NotNull UUID> memberIds,
      @Schema(
              description = "Whether the copy tells which prompt it answers; not when left out.",
              examples = "false")
          @Nullable Boolean withPrompt) {}

  @Schema(
      name = "MySnapshot",
      description = "That you have shared a copy. Nobody is told whether it was read.")
  record MySnapshotView(
      @Schema(required = true, examples = SNAPSHOT) UUID id,
      @Schema(required = true, examples = RELATIONSHIP) UUID relationshipId,
      @Schema(required = true, description = "Who may read it.", examples = "[\"" + MEMBER + "\"]")
          List<UUID> memberIds,
      @Schema(required = true, examples = TIME) Instant takenAt) {
    static MySnapshotView of(Snapshot snapshot) {
      return new MySnapshotView(
          snapshot.id(), snapshot.relationshipId(), snapshot.readerIds(), snapshot.takenAt());
    }
  }

  @Schema(
      name = "Snapshot",
      description =
          "A copy that its author has shared, and can recall: show it only as you read it"
              + " last.")
  record SnapshotView(
      @Schema(required = true, examples = SNAPSHOT) UUID id,
      @Schema(required = true, examples = MEMBER) UUID authorId,
      @Schema(
              description = "Of which reflection of yours it is; its readers don't get this.",
              examples = REFLECTION)
          @Nullable UUID reflectionId,
      @Schema(required = true, examples = TEXT) SensitiveText text,
      @Schema(description = "The prompt that it answers, if its author tells.", examples = PROMPT)
          @Nullable String promptId,
      @Schema(examples = "1") @Nullable Integer promptVersion,
      @Schema(required = true, examples = TIME) Instant takenAt) {
    static SnapshotView of(SnapshotService.Shared shared, UUID reader) {
      PromptUsed prompt = shared.copy().prompt();
      return new SnapshotView(
          shared.row().id(),
          shared.row().authorId(),
          shared.row().authorId().equals(reader) ? shared.row().reflectionId() : null,
          shared.copy().text(),
          prompt == null ? null : prompt.id(),
          prompt == null ? null : prompt.version(),
          shared.row().takenAt());
    }
  }
}
