/**
 * Living agreements: everything that the members agreed is a term, with one state machine and one
 * way to assent. A change that tightens takes effect at once and alone; one that loosens needs the
 * assent of all whom it concerns, and then the cooling-off. {@link
 * org.stillpoint.agreement.Tightening} tells the two apart by structure alone, {@link
 * org.stillpoint.agreement.Permission} says what terms in force add up to. Keeps S8 to S21, S32 and
 * S33.
 *
 * <h2>Tightening or loosening</h2>
 *
 * <p>A change is tightening only if nothing becomes more permitted by it, to anybody at any time,
 * and if nobody but its author is forbidden anything that no term forbade before.
 *
 * <table>
 * <caption>When a change is tightening; all else is loosening</caption>
 * <tr><th>before</th><th>after</th><th>tightening</th></tr>
 * <tr><td>none</td><td>permits</td><td>never</td></tr>
 * <tr><td>none</td><td>forbids</td><td>if it is the author's own line, which means that it binds
 *   the author and nobody else, that it is about what the members do with each other (touch, sex,
 *   sexting, contact, communication), and that it is no term about openness</td></tr>
 * <tr><td>none</td><td>requires</td><td>never: a duty of others is not one's own to make</td></tr>
 * <tr><td>permits</td><td>permits</td><td>if activities, members, validity and the date of review
 *   are not wider, the mode is not more, kind, domain, conditions and text are the same, and
 *   neither is about openness</td></tr>
 * <tr><td>permits</td><td>forbids</td><td>if it is the author's own line, in the same
 *   domain</td></tr>
 * <tr><td>forbids</td><td>forbids</td><td>if it is the author's own line, activities, members and
 *   validity are not narrower, the review is not earlier, and kind, domain, conditions and text are
 *   the same</td></tr>
 * <tr><td>permits</td><td>none</td><td>always, by anyone</td></tr>
 * <tr><td>requires</td><td>none</td><td>always, by anyone; permissions that rested on it are
 *   suspended with it</td></tr>
 * <tr><td>forbids</td><td>none</td><td>if it is about openness, by anyone; permissions that rested
 *   on it are suspended with it</td></tr>
 * </table>
 *
 * <p>What this leaves out, and why:
 *
 * <ul>
 *   <li>A condition can be worded so that it permits or demands ("silence is a yes"), so none is
 *       added alone. Whoever wants one draws a line of their own under that condition, in their own
 *       name, or takes the permission back.
 *   <li>What members do together takes the permission of each. So a line that binds its author
 *       alone is enough, and one that binds others is more than the author's own: among three it
 *       would come between the other two, and an activity or a text can name anybody.
 *   <li>A permission turned into a prohibition is no narrower permission: it beats all others, and
 *       in a part of life that is another's own it would be a command. Taking it back is enough.
 *   <li>A narrower copy of a term about openness would begin its thirty days anew.
 *   <li>Only what is in force can be narrowed. Compared with a term that is suspended, lapsed, not
 *       yet active or replaced, everything is new.
 *   <li>A signal and the cooling-off say more than their content here: never tightening.
 * </ul>
 *
 * <p>A requirement takes along, within its agreement, the permissions of its domain whose
 * activities overlap with its own; one of consent, aftercare or re-entry takes along every intimate
 * permission.
 *
 * <h2>A term about openness</h2>
 *
 * <p>It is a safeguard, or about tech, money or social life, or about devices, accounts, money,
 * contacts, clothing, food or sleep. It lapses 30 days after it became active at the latest,
 * whatever it does, and anyone drops it at once. Where it forbids, its end takes along, within its
 * agreement, the permissions of its domain whose activities overlap with its own: else dropping it,
 * or waiting, would permit what it forbade.
 *
 * <h2>The states of a term</h2>
 *
 * <p>A term is proposed, and becomes agreed when all have assented to its exact content. Then it
 * cools off, which any withdrawal ends for good, and is active after that. A term that tightens is
 * active from the start. Anyone suspends or ends an active term at once; to resume takes all, and
 * the cooling-off again. A term lapses at a date, and is replaced when a later version of it
 * becomes active. One that was declined or left open looks proposed until its time is over, and not
 * agreed from then on. The state is a function of the term's times alone: no job has to run for it
 * to change. A date of review lapses what permits or requires; what forbids stays.
 *
 * <h2>Whose words they are</h2>
 *
 * <p>A term is sealed under the key of whoever worded it until all have said yes to it, and then
 * anew under the relationship's: what all have said yes to outlasts its author, and nothing else
 * does, not even in a backup. The proposal that a text goes repeats its words, and is under the
 * same key. A version's title is the relationship's with the first of its terms. Whoever leaves
 * takes along what nobody else has said yes to, unless it goes on among the others.
 */
@NullMarked
package org.stillpoint.agreement;

import org.jspecify.annotations.NullMarked;
