package org.stillpoint.relationship;

import jakarta.inject.Singleton;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.stillpoint.api.paging.Cursor;
import org.stillpoint.identity.ProfileTexts;
import org.stillpoint.identity.ProfileWords;
import org.stillpoint.relationship.MembershipRepository.Listed;

/** Shows members to each other, with what they say of themselves. */
@Singleton
class MemberViews {
  private final MembershipRepository memberships;
  private final ProfileTexts texts;

  MemberViews(MembershipRepository memberships, ProfileTexts texts) {
    this.memberships = memberships;
    this.texts = texts;
  }

  /** The current members, in the order of their joining. */
  List<MemberView> of(UUID relationshipId) {
    return of(relationshipId, null, Relationship.MOST_MEMBERS);
  }

  /** The same, a page of them. */
  List<MemberView> of(UUID relationshipId, Cursor.@Nullable ByTime after, int limit) {
    List<Listed> listed = memberships.listed(relationshipId, after, limit);
    texts.prepare(listed.stream().map(row -> row.profile().id()).toList());
    return listed.stream().map(this::view).toList();
  }

  private MemberView view(Listed row) {
    ProfileWords words = texts.open(row.profile());
    return new MemberView(
        row.profile().id(),
        words.displayName(),
        words.pronouns(),
        words.roleLabel(),
        row.joinedAt());
  }
}
