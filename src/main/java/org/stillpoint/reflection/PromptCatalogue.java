package org.stillpoint.reflection;

import static org.stillpoint.reflection.PromptIntensity.DEEP;
import static org.stillpoint.reflection.PromptIntensity.GENTLE;
import static org.stillpoint.reflection.PromptIntensity.MODERATE;
import static org.stillpoint.reflection.PromptStage.ACKNOWLEDGE;
import static org.stillpoint.reflection.PromptStage.AFTERCARE;
import static org.stillpoint.reflection.PromptStage.COMMIT;
import static org.stillpoint.reflection.PromptStage.MAINTAIN;
import static org.stillpoint.reflection.PromptStage.PAUSE;
import static org.stillpoint.reflection.PromptStage.PROCESS;
import static org.stillpoint.reflection.PromptStage.REPAIR;
import static org.stillpoint.reflection.PromptStage.REVIEW;
import static org.stillpoint.reflection.PromptStage.RE_ENTRY;
import static org.stillpoint.reflection.PromptTrigger.CHECK_IN_AHEAD;
import static org.stillpoint.reflection.PromptTrigger.CHECK_IN_REVEALED;
import static org.stillpoint.reflection.PromptTrigger.COMMITMENT_MISSED;
import static org.stillpoint.reflection.PromptTrigger.INCIDENT;
import static org.stillpoint.reflection.PromptTrigger.PAUSE_RAISED;
import static org.stillpoint.reflection.PromptTrigger.PAUSE_RECEIVED;
import static org.stillpoint.reflection.PromptTrigger.PROPOSAL_RECEIVED;
import static org.stillpoint.reflection.PromptTrigger.STEP_PROPOSED;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The prompts that there are, stage by stage, in the order in which they are shown. */
final class PromptCatalogue {
  private static final Set<PromptRole> ANY = Set.of(PromptRole.ANY);
  private static final Set<PromptRole> HURT = Set.of(PromptRole.HURT);
  private static final Set<PromptRole> RESPONSIBLE = Set.of(PromptRole.RESPONSIBLE);
  private static final Set<PromptRole> SWITCH = Set.of(PromptRole.SWITCH);
  private static final Set<PromptRole> TOP_OR_SWITCH = Set.of(PromptRole.TOP, PromptRole.SWITCH);
  private static final Set<PromptRole> BOTTOM_OR_SWITCH =
      Set.of(PromptRole.BOTTOM, PromptRole.SWITCH);
  private static final Set<PromptRole> ANY_LABEL =
      Set.of(PromptRole.TOP, PromptRole.BOTTOM, PromptRole.SWITCH);

  private static final List<Prompt> ALL =
      List.of(
          gentle(PAUSE, "body-asks", 1, ANY, PAUSE_RAISED, PAUSE_RECEIVED),
          gentle(PAUSE, "next-hour", 1, ANY, PAUSE_RAISED, PAUSE_RECEIVED, INCIDENT),
          gentle(PAUSE, "nothing-goes-on", 1, ANY, PAUSE_RAISED),
          gentle(PAUSE, "look-around", 1, ANY, PAUSE_RAISED, PAUSE_RECEIVED, INCIDENT),
          gentle(PAUSE, "three-breaths", 1, ANY, PAUSE_RAISED, PAUSE_RECEIVED),
          gentle(PAUSE, "busy-hands", 1, ANY, PAUSE_RAISED, PAUSE_RECEIVED),
          gentle(PAUSE, "quiet-sounds", 1, ANY, PAUSE_RAISED, PAUSE_RECEIVED),
          gentle(PAUSE, "let-it-wait", 1, ANY, PAUSE_RAISED, PAUSE_RECEIVED),
          gentle(PAUSE, "open-end", 1, ANY, PAUSE_RAISED),
          gentle(PAUSE, "pause-arrives", 1, ANY, PAUSE_RECEIVED),
          gentle(PAUSE, "while-it-is-quiet", 1, ANY, PAUSE_RECEIVED),
          gentle(PAUSE, "first-impulse", 1, ANY, PAUSE_RECEIVED),
          gentle(PAUSE, "soft-clothes", 1, ANY),
          gentle(PAUSE, "long-look", 1, ANY),
          gentle(PAUSE, "phone-at-rest", 1, ANY),
          gentle(PAUSE, "a-little-bored", 1, ANY),
          gentle(PAUSE, "way-of-moving", 1, ANY),
          gentle(PAUSE, "slower-than-usual", 1, ANY),
          gentle(PAUSE, "no-task", 1, TOP_OR_SWITCH, PAUSE_RECEIVED),
          gentle(PAUSE, "just-for-you", 1, BOTTOM_OR_SWITCH, PAUSE_RAISED),
          gentle(PAUSE, "company-from-afar", 1, HURT, PAUSE_RAISED, INCIDENT),
          gentle(PAUSE, "leave-the-quiet", 1, RESPONSIBLE, PAUSE_RECEIVED),
          moderate(PROCESS, "your-side", 1, ANY, INCIDENT),
          gentle(PROCESS, "three-words", 1, ANY, PAUSE_RAISED, PAUSE_RECEIVED, INCIDENT),
          moderate(PROCESS, "then-and-now", 1, ANY, INCIDENT),
          gentle(PROCESS, "where-it-sits", 1, ANY, PAUSE_RAISED, PAUSE_RECEIVED, INCIDENT),
          gentle(PROCESS, "returning-thought", 1, ANY, PAUSE_RAISED, PAUSE_RECEIVED, INCIDENT),
          gentle(PROCESS, "inner-weather", 1, ANY),
          gentle(PROCESS, "one-small-piece", 1, ANY, INCIDENT, CHECK_IN_REVEALED),
          gentle(PROCESS, "what-carries-you", 1, ANY, PAUSE_RAISED, PAUSE_RECEIVED, INCIDENT),
          moderate(PROCESS, "unheard-words", 1, ANY, INCIDENT),
          gentle(PROCESS, "first-touched", 2, ANY, CHECK_IN_REVEALED),
          gentle(PROCESS, "read-another-day", 1, ANY, CHECK_IN_REVEALED),
          gentle(PROCESS, "it-did-not-happen", 1, ANY, COMMITMENT_MISSED),
          gentle(PROCESS, "made-up-to-yourself", 1, ANY),
          moderate(PROCESS, "anger-and-its-reasons", 1, ANY),
          moderate(PROCESS, "under-jealousy", 1, ANY),
          moderate(PROCESS, "what-got-lost", 1, HURT, INCIDENT),
          deep(PROCESS, "what-you-know", 1, HURT, INCIDENT, CHECK_IN_REVEALED),
          gentle(PROCESS, "kind-to-the-body", 2, HURT, INCIDENT),
          deep(PROCESS, "own-weight", 1, RESPONSIBLE, INCIDENT),
          gentle(PROCESS, "leading-and-shaken", 1, TOP_OR_SWITCH, INCIDENT),
          gentle(ACKNOWLEDGE, "two-true-things", 1, ANY, INCIDENT, CHECK_IN_REVEALED),
          gentle(ACKNOWLEDGE, "found-words", 1, ANY, CHECK_IN_REVEALED),
          gentle(ACKNOWLEDGE, "one-plain-sentence", 1, ANY, COMMITMENT_MISSED),
          gentle(ACKNOWLEDGE, "today-was-enough", 1, ANY),
          gentle(ACKNOWLEDGE, "honest-tiredness", 1, ANY, PAUSE_RAISED, PAUSE_RECEIVED, INCIDENT),
          moderate(ACKNOWLEDGE, "worth-knowing", 1, HURT, INCIDENT),
          deep(ACKNOWLEDGE, "what-it-reached", 1, HURT, INCIDENT),
          gentle(ACKNOWLEDGE, "words-of-yours", 1, HURT, INCIDENT, CHECK_IN_AHEAD),
          gentle(ACKNOWLEDGE, "every-no-counts", 1, BOTTOM_OR_SWITCH, INCIDENT, PROPOSAL_RECEIVED),
          deep(ACKNOWLEDGE, "plain-words", 1, RESPONSIBLE, INCIDENT),
          deep(ACKNOWLEDGE, "the-line", 1, RESPONSIBLE, INCIDENT),
          moderate(ACKNOWLEDGE, "told-or-supposed", 1, RESPONSIBLE, INCIDENT, CHECK_IN_REVEALED),
          moderate(ACKNOWLEDGE, "without-the-explanation", 1, RESPONSIBLE, INCIDENT),
          moderate(ACKNOWLEDGE, "in-your-hands", 1, RESPONSIBLE, INCIDENT),
          gentle(REPAIR, "within-reach", 1, ANY, INCIDENT, COMMITMENT_MISSED),
          gentle(REPAIR, "a-kind-voice", 1, ANY, INCIDENT, COMMITMENT_MISSED),
          gentle(REPAIR, "may-stay-open", 1, ANY, INCIDENT, CHECK_IN_REVEALED),
          gentle(REPAIR, "thinking-aloud", 1, ANY, PAUSE_RAISED, PAUSE_RECEIVED, INCIDENT),
          gentle(REPAIR, "mend-a-thing", 1, ANY),
          moderate(REPAIR, "breathe-easier", 1, HURT, INCIDENT, CHECK_IN_AHEAD),
          gentle(REPAIR, "no-answer-due", 1, HURT, CHECK_IN_REVEALED),
          gentle(REPAIR, "how-much-to-say", 1, HURT, INCIDENT, CHECK_IN_AHEAD),
          deep(REPAIR, "nothing-in-return", 1, RESPONSIBLE, INCIDENT),
          deep(REPAIR, "asking-for-nothing", 1, RESPONSIBLE, INCIDENT, CHECK_IN_AHEAD),
          moderate(REPAIR, "room-for-any-answer", 1, RESPONSIBLE, PAUSE_RECEIVED, CHECK_IN_AHEAD),
          moderate(REPAIR, "learning-to-lead", 1, TOP_OR_SWITCH),
          gentle(REPAIR, "before-handing-over", 1, BOTTOM_OR_SWITCH, CHECK_IN_AHEAD),
          gentle(COMMIT, "small-act", 1, ANY, COMMITMENT_MISSED),
          gentle(COMMIT, "what-is-left-of-it", 1, ANY, COMMITMENT_MISSED),
          gentle(COMMIT, "easier-next-time", 1, ANY, COMMITMENT_MISSED),
          gentle(COMMIT, "promise-to-yourself", 1, ANY),
          gentle(COMMIT, "answer-of-your-own", 1, ANY, PROPOSAL_RECEIVED),
          gentle(COMMIT, "breath-and-words", 1, ANY, PROPOSAL_RECEIVED),
          gentle(COMMIT, "no-without-reason", 1, ANY, PROPOSAL_RECEIVED),
          gentle(COMMIT, "sleep-on-it", 1, ANY, PROPOSAL_RECEIVED),
          moderate(COMMIT, "inside-a-yes", 1, ANY, PROPOSAL_RECEIVED),
          gentle(COMMIT, "an-hour-unplanned", 1, ANY),
          gentle(COMMIT, "first-ten-minutes", 1, ANY),
          moderate(COMMIT, "out-of-politeness", 1, ANY),
          gentle(COMMIT, "a-line-around-you", 1, BOTTOM_OR_SWITCH, PROPOSAL_RECEIVED),
          gentle(COMMIT, "leading-has-limits", 1, TOP_OR_SWITCH, PROPOSAL_RECEIVED),
          moderate(COMMIT, "no-one-to-remind-you", 1, RESPONSIBLE, INCIDENT, COMMITMENT_MISSED),
          deep(COMMIT, "early-notice", 1, RESPONSIBLE, INCIDENT),
          moderate(COMMIT, "next-act-is-yours", 1, RESPONSIBLE, COMMITMENT_MISSED),
          gentle(AFTERCARE, "gentle-hours", 1, ANY, PAUSE_RAISED, PAUSE_RECEIVED, INCIDENT),
          gentle(AFTERCARE, "near-or-far", 1, ANY),
          gentle(AFTERCARE, "touch-or-none", 1, ANY),
          gentle(AFTERCARE, "ready-for-a-low", 1, ANY, INCIDENT),
          gentle(AFTERCARE, "three-comforts", 1, ANY, PAUSE_RAISED, PAUSE_RECEIVED, INCIDENT),
          gentle(AFTERCARE, "calmer-night", 1, ANY, PAUSE_RAISED, PAUSE_RECEIVED, INCIDENT),
          gentle(AFTERCARE, "what-you-fancy", 1, ANY),
          gentle(AFTERCARE, "no-more-words", 1, ANY, CHECK_IN_REVEALED),
          gentle(AFTERCARE, "evening-after", 1, ANY, CHECK_IN_AHEAD),
          gentle(AFTERCARE, "small-help", 1, ANY),
          gentle(AFTERCARE, "no-sums-tonight", 1, ANY),
          gentle(AFTERCARE, "end-of-a-long-day", 1, ANY),
          gentle(AFTERCARE, "known-ending", 1, ANY),
          gentle(AFTERCARE, "soft-landing", 1, TOP_OR_SWITCH),
          gentle(AFTERCARE, "back-to-yourself", 1, BOTTOM_OR_SWITCH),
          gentle(AFTERCARE, "sentence-to-hear", 1, HURT, INCIDENT),
          gentle(AFTERCARE, "care-from-elsewhere", 1, RESPONSIBLE, INCIDENT),
          gentle(RE_ENTRY, "not-yet", 1, ANY, STEP_PROPOSED),
          gentle(RE_ENTRY, "wish-without-a-step", 1, ANY, STEP_PROPOSED),
          gentle(RE_ENTRY, "smaller-or-none", 1, ANY, STEP_PROPOSED),
          gentle(RE_ENTRY, "enough-felt", 1, ANY, STEP_PROPOSED),
          gentle(RE_ENTRY, "step-back", 1, ANY, STEP_PROPOSED),
          gentle(RE_ENTRY, "near-and-no-more", 1, ANY),
          gentle(RE_ENTRY, "own-skin", 1, ANY),
          moderate(RE_ENTRY, "closeness-lately", 1, ANY, STEP_PROPOSED),
          gentle(RE_ENTRY, "glad-yes", 1, ANY),
          gentle(RE_ENTRY, "wish-for-nobody", 1, ANY),
          gentle(RE_ENTRY, "elbow-room", 1, ANY),
          gentle(RE_ENTRY, "way-of-greeting", 1, ANY),
          gentle(RE_ENTRY, "breath-and-step", 1, HURT, STEP_PROPOSED),
          moderate(RE_ENTRY, "there-and-not-there", 1, HURT, STEP_PROPOSED),
          moderate(RE_ENTRY, "easy-to-say-no", 1, RESPONSIBLE, STEP_PROPOSED),
          gentle(RE_ENTRY, "liking-it-slow", 1, TOP_OR_SWITCH, STEP_PROPOSED),
          moderate(RE_ENTRY, "parts-of-a-step", 1, BOTTOM_OR_SWITCH, STEP_PROPOSED),
          gentle(REVIEW, "still-fits", 1, ANY, CHECK_IN_AHEAD, PROPOSAL_RECEIVED),
          gentle(REVIEW, "brought-and-kept", 1, ANY, CHECK_IN_AHEAD),
          gentle(REVIEW, "another-day", 1, ANY, CHECK_IN_AHEAD),
          gentle(REVIEW, "room-to-listen", 1, ANY, CHECK_IN_AHEAD),
          gentle(REVIEW, "sentence-of-yours", 1, ANY, CHECK_IN_REVEALED),
          moderate(REVIEW, "question-to-yourself", 1, ANY, CHECK_IN_REVEALED),
          gentle(REVIEW, "changed-mind", 1, ANY, CHECK_IN_AHEAD, PROPOSAL_RECEIVED),
          gentle(REVIEW, "habit-to-keep", 1, ANY),
          gentle(REVIEW, "a-little-less", 1, ANY),
          gentle(REVIEW, "nothing-to-pretend", 1, ANY),
          gentle(REVIEW, "room-for-friendship", 1, ANY),
          moderate(REVIEW, "taken-along", 1, ANY),
          moderate(REVIEW, "a-yes-at-rest", 1, BOTTOM_OR_SWITCH, CHECK_IN_AHEAD),
          moderate(REVIEW, "rules-for-safety", 1, TOP_OR_SWITCH, CHECK_IN_AHEAD, PROPOSAL_RECEIVED),
          moderate(
              REVIEW, "named-without-applause", 1, RESPONSIBLE, CHECK_IN_AHEAD, CHECK_IN_REVEALED),
          moderate(REVIEW, "more-room", 1, HURT, CHECK_IN_AHEAD, CHECK_IN_REVEALED),
          gentle(MAINTAIN, "at-ease", 2, ANY),
          gentle(MAINTAIN, "hours-of-your-own", 1, ANY),
          gentle(MAINTAIN, "people-who-do-you-good", 1, ANY),
          gentle(MAINTAIN, "easy-no", 1, ANY, PROPOSAL_RECEIVED),
          gentle(MAINTAIN, "a-smile", 2, ANY),
          gentle(MAINTAIN, "sign-that-suits", 1, ANY, CHECK_IN_AHEAD),
          gentle(MAINTAIN, "just-for-fun", 1, ANY),
          gentle(MAINTAIN, "this-season", 2, ANY),
          gentle(MAINTAIN, "colour-smell-song", 1, ANY),
          gentle(MAINTAIN, "something-to-try", 1, ANY),
          moderate(MAINTAIN, "what-closeness-means", 1, ANY),
          gentle(MAINTAIN, "kind-of-silence", 1, ANY),
          gentle(MAINTAIN, "kind-of-humour", 1, ANY),
          gentle(MAINTAIN, "word-for-its-sound", 1, ANY),
          gentle(MAINTAIN, "corner-of-your-own", 1, ANY),
          gentle(MAINTAIN, "work-is-done", 1, ANY),
          gentle(MAINTAIN, "pastime-put-aside", 1, ANY),
          moderate(MAINTAIN, "role-and-you", 1, ANY_LABEL),
          gentle(MAINTAIN, "role-laid-aside", 1, ANY_LABEL),
          gentle(MAINTAIN, "either-or-neither", 1, SWITCH),
          gentle(MAINTAIN, "asking-while-leading", 1, TOP_OR_SWITCH),
          gentle(MAINTAIN, "quiet-days", 1, RESPONSIBLE),
          gentle(MAINTAIN, "lighter-hours", 1, HURT));

  private PromptCatalogue() {}

  private static Prompt gentle(
      PromptStage stage, String id, int version, Set<PromptRole> roles, PromptTrigger... after) {
    return new Prompt(id, version, roles, stage, Set.of(after), GENTLE);
  }

  private static Prompt moderate(
      PromptStage stage, String id, int version, Set<PromptRole> roles, PromptTrigger... after) {
    return new Prompt(id, version, roles, stage, Set.of(after), MODERATE);
  }

  private static Prompt deep(
      PromptStage stage, String id, int version, Set<PromptRole> roles, PromptTrigger... after) {
    return new Prompt(id, version, roles, stage, Set.of(after), DEEP);
  }

  static List<Prompt> all() {
    return ALL;
  }

  static Optional<Prompt> find(String id) {
    return ALL.stream().filter(prompt -> prompt.id().equals(id)).findFirst();
  }
}
