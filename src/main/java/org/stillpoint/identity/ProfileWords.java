package org.stillpoint.identity;

import org.jspecify.annotations.Nullable;
import org.stillpoint.crypto.SensitiveText;

/**
 * What a member says of themself.
 *
 * @param roleLabel {@code top}, {@code bottom}, {@code switch} or nothing: a label, never a
 *     permission
 */
public record ProfileWords(
    @Nullable SensitiveText displayName,
    @Nullable SensitiveText pronouns,
    @Nullable SensitiveText roleLabel) {}
