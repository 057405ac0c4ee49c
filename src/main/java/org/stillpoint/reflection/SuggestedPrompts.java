package org.stillpoint.reflection;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.stillpoint.crypto.Place;
import org.stillpoint.crypto.SealedTable;
import org.stillpoint.crypto.SealedText;

/** What was suggested to a member on a day. */
@Entity
@IdClass(SuggestedPrompts.Key.class)
public class SuggestedPrompts {
  /** Where it is sealed: what is suggested tells what somebody has on their mind. */
  public static final SealedTable SEALED =
      new SealedTable(
          "suggested_prompts",
          List.of("member_id", "id"),
          "member_id",
          "changes",
          List.of("prompts"));

  /** Begins with the member whose it is. */
  public record Key(UUID memberId, UUID id) {}

  @Id
  @Column(updatable = false)
  private UUID memberId;

  @Id
  @Column(updatable = false)
  private UUID id;

  @Column(updatable = false)
  private LocalDate day;

  private @Nullable SealedText prompts;
  private long changes;

  protected SuggestedPrompts() {}

  LocalDate day() {
    return day;
  }

  /** Null until something was suggested. */
  @Nullable SealedText prompts() {
    return prompts;
  }

  /** What is sealed from now on can't be exchanged for what was sealed before. */
  void renew() {
    changes++;
  }

  void prompts(SealedText sealed) {
    prompts = sealed;
  }

  Place place() {
    return SEALED.place("prompts", memberId, changes, memberId, id);
  }
}
