package org.stillpoint.identity;

import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.UUID;
import org.stillpoint.crypto.Texts;

/** Opens and seals what members say of themselves. */
@Singleton
public class ProfileTexts {
  private final Texts texts;

  ProfileTexts(Texts texts) {
    this.texts = texts;
  }

  /** Gets the keys of several members in one go, before their words are opened. */
  public void prepare(Collection<UUID> members) {
    texts.prepare(members);
  }

  public ProfileWords open(Profile profile) {
    return new ProfileWords(
        texts.open(profile.displayName(), profile.place("display_name")),
        texts.open(profile.pronouns(), profile.place("pronouns")),
        texts.open(profile.roleLabel(), profile.place("role_label")));
  }

  /** Replaces all of them. */
  public void seal(Profile profile, ProfileWords words) {
    profile.renewWords();
    profile.displayName(texts.seal(words.displayName(), profile.place("display_name")));
    profile.pronouns(texts.seal(words.pronouns(), profile.place("pronouns")));
    profile.roleLabel(texts.seal(words.roleLabel(), profile.place("role_label")));
  }
}
