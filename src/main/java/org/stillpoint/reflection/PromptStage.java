package org.stillpoint.reflection;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Where on the way a prompt fits. Nobody has to go through the stages, or in this order. */
enum PromptStage {
  @JsonProperty("pause")
  PAUSE("pause"),
  @JsonProperty("process")
  PROCESS("process"),
  @JsonProperty("acknowledge")
  ACKNOWLEDGE("acknowledge"),
  @JsonProperty("repair")
  REPAIR("repair"),
  @JsonProperty("commit")
  COMMIT("commit"),
  @JsonProperty("aftercare")
  AFTERCARE("aftercare"),
  @JsonProperty("reEntry")
  RE_ENTRY("reEntry"),
  @JsonProperty("review")
  REVIEW("review"),
  /** While nothing is the matter. */
  @JsonProperty("maintain")
  MAINTAIN("maintain");

  /** For the document. */
  static final String WIRE_NAMES =
      "[\"pause\", \"process\", \"acknowledge\", \"repair\", \"commit\", \"aftercare\","
          + " \"reEntry\", \"review\", \"maintain\"]";

  private final String wireName;

  PromptStage(String wireName) {
    this.wireName = wireName;
  }

  String wireName() {
    return wireName;
  }
}
