package org.stillpoint.agreement;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Where a version stands as a whole, while its terms are answered one by one. */
enum VersionState {
  /** Something that it asks for can still become, or is about to become, active. */
  PROPOSED("proposed"),
  /** Something that it brought came into force, and nothing of a later version has. */
  ACTIVE("active"),
  /** Nothing that it asked for was agreed. */
  NOT_AGREED("notAgreed"),
  /** A later version has come into force, at least in part. */
  SUPERSEDED("superseded"),
  /** Its agreement has ended. */
  ENDED("ended");

  static final String ALL = "[\"proposed\", \"active\", \"notAgreed\", \"superseded\", \"ended\"]";

  private final String wireName;

  VersionState(String wireName) {
    this.wireName = wireName;
  }

  String wireName() {
    return wireName;
  }

  /**
   * What a version has done.
   *
   * @param open whether something of it is proposed or cooling off
   * @param acted whether something of it came into force
   */
  record Deeds(int number, boolean open, boolean acted) {}

  /**
   * By their numbers.
   *
   * @param deeds of the versions, and of all that are later, in their order
   */
  static Map<Integer, VersionState> of(Agreement agreement, List<Deeds> deeds) {
    int last = deeds.stream().filter(Deeds::acted).mapToInt(Deeds::number).max().orElse(0);
    Map<Integer, VersionState> states = new HashMap<>();
    deeds.forEach(each -> states.put(each.number(), agreement.hasEnded() ? ENDED : of(each, last)));
    return states;
  }

  private static VersionState of(Deeds deeds, int last) {
    if (deeds.open()) {
      return PROPOSED;
    }
    if (deeds.number() < last) {
      return SUPERSEDED;
    }
    return deeds.acted() ? ACTIVE : NOT_AGREED;
  }
}
