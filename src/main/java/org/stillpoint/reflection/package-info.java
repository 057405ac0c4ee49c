/**
 * A journal of one's own, copies of it for others, and prompts. Keeps S9, S10, S23, S24, S26, S30,
 * S32, S33 and S34.
 *
 * <p>A reflection belongs to its author and to no relationship. It makes no event and stands in no
 * row, count or answer of anybody else; what it says is sealed with its tags, its mood and its
 * prompt, so that a search opens what it searches instead of asking the database. A copy ({@link
 * org.stillpoint.reflection.Snapshot}) is a row of its own, which never tells of the reflection; an
 * event never names it, so that nothing of it is left when it is recalled.
 *
 * <p>{@link org.stillpoint.reflection.Suggestions} choose among prompts by what happened to the
 * member, and keep, sealed, what was suggested on which day.
 *
 * <p>Prompts are questions that invite reflection. {@link
 * org.stillpoint.reflection.PromptCatalogue} says for whom and when each is; its words are {@code
 * prompts_*.properties}.
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
