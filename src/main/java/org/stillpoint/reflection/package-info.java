/**
 * Prompts: questions that invite reflection. {@link org.stillpoint.reflection.PromptCatalogue} says
 * for whom and when each is; its words are {@code prompts_*.properties}. Keeps S24 and S26.
 *
 * <p>A prompt speaks to one person about that person. None asks for forgiveness, thanks or haste,
 * for somebody's share in what was done to them, or why a signal didn't come; none asks what moves
 * others, or has an eye kept on them. Whoever did harm is asked for their own acts, without
 * excuses, and for no answer of others. What it is not for belongs to a prompt as much as its
 * question, since somebody else may be reading along.
 */
@NullMarked
package org.stillpoint.reflection;

import org.jspecify.annotations.NullMarked;
