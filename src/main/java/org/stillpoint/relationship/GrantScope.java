package org.stillpoint.relationship;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Collection;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What a grant lets a practitioner read and do. */
@Schema(
    name = "GrantScope",
    description =
        "What a practitioner may read and do. `agreements`: what is in force among all; `checkInAgendas`:"
            + " when you talk, and about what; `markedAnswers`: answers that their author has marked;"
            + " `pauses`: when who paused, without a word; `snapshots`: copies of reflections that"
            + " their author has given; `assignPrompts`: to give you prompts to think about;"
            + " `proposeAgendas`: to propose what to talk about; `attendCheckIns`: to be there, where"
            + " all who take part want that.")
public enum GrantScope {
  @JsonProperty("agreements")
  AGREEMENTS("agreements"),
  @JsonProperty("checkInAgendas")
  CHECK_IN_AGENDAS("checkInAgendas"),
  @JsonProperty("markedAnswers")
  MARKED_ANSWERS("markedAnswers"),
  @JsonProperty("pauses")
  PAUSES("pauses"),
  @JsonProperty("snapshots")
  SNAPSHOTS("snapshots"),
  @JsonProperty("assignPrompts")
  ASSIGN_PROMPTS("assignPrompts"),
  @JsonProperty("proposeAgendas")
  PROPOSE_AGENDAS("proposeAgendas"),
  @JsonProperty("attendCheckIns")
  ATTEND_CHECK_INS("attendCheckIns");

  private final String wireName;

  GrantScope(String wireName) {
    this.wireName = wireName;
  }

  public String wireName() {
    return wireName;
  }

  /** Their names on the wire, in one order. */
  public static List<String> wireNames(Collection<GrantScope> scopes) {
    return scopes.stream().sorted().map(GrantScope::wireName).toList();
  }

  /** Whether one member can grant it alone: what else there is, is others' too (S28). */
  public boolean isOfOnesOwn() {
    return this == PAUSES || this == SNAPSHOTS || this == MARKED_ANSWERS || this == ASSIGN_PROMPTS;
  }

  /** Whether it is refused in a pause, so that whoever has it learns of pauses. */
  public boolean tellsOfPauses() {
    return this == ASSIGN_PROMPTS || this == PROPOSE_AGENDAS || this == ATTEND_CHECK_INS;
  }
}
