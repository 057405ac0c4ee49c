package org.stillpoint.reflection;

import jakarta.inject.Singleton;
import java.util.UUID;
import org.stillpoint.privacy.spi.ExportDocument;
import org.stillpoint.privacy.spi.ExportDraft;
import org.stillpoint.privacy.spi.PersonalDataSource;
import org.stillpoint.reflection.ReflectionContent.PromptUsed;
import org.stillpoint.reflection.SnapshotService.Copy;

/** A member's journal, the copies that the member has shared, and what was suggested. */
@Singleton
class ReflectionPersonalData implements PersonalDataSource {
  private final ReflectionRepository reflections;
  private final Snapshots snapshots;
  private final PracticeSnapshots practiceSnapshots;
  private final Suggestions suggestions;
  private final ReflectionTexts texts;

  ReflectionPersonalData(
      ReflectionRepository reflections,
      Snapshots snapshots,
      PracticeSnapshots practiceSnapshots,
      Suggestions suggestions,
      ReflectionTexts texts) {
    this.reflections = reflections;
    this.snapshots = snapshots;
    this.practiceSnapshots = practiceSnapshots;
    this.suggestions = suggestions;
    this.texts = texts;
  }

  @Override
  public void export(UUID memberId, ExportDraft copy) {
    copy.add(reflections.oldestFirst(memberId).stream().map(this::copy).toList());
    copy.add(snapshots.allOf(memberId).stream().map(this::copy).toList());
    copy.add(practiceSnapshots.allOf(memberId).stream().map(this::copy).toList());
    copy.add(suggestions.export(memberId));
  }

  private ExportDocument.Reflection copy(Reflection reflection) {
    ReflectionContent content = texts.open(reflection);
    PromptUsed prompt = content.about().prompt();
    return new ExportDocument.Reflection(
        reflection.id(),
        content.about().kind().wireName(),
        content.text(),
        prompt == null ? null : prompt.id(),
        content.about().tags(),
        content.about().mood(),
        content.about().date(),
        reflection.createdAt(),
        reflection.changedAt());
  }

  private ExportDocument.Snapshot copy(Snapshot snapshot) {
    return new ExportDocument.Snapshot(
        snapshot.id(),
        snapshot.reflectionId(),
        snapshot.relationshipId(),
        snapshot.readerIds(),
        texts.open(snapshot.words(), snapshot.place(), Copy.class).text(),
        snapshot.takenAt());
  }

  private ExportDocument.PracticeSnapshot copy(PracticeSnapshot snapshot) {
    return new ExportDocument.PracticeSnapshot(
        snapshot.id(),
        snapshot.reflectionId(),
        snapshot.grantId(),
        texts.open(snapshot.words(), snapshot.place(), Copy.class).text(),
        snapshot.takenAt());
  }
}
