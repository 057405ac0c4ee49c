/**
 * Check-ins: talks that are planned. {@link org.stillpoint.checkin.TemplateCatalogue} has ways to
 * talk, each with a round to begin, timed items and a quiet end; its words are {@code
 * check-in-templates_*.properties}. Keeps S9, S10, S11, S16, S17, S22, S30, S32, S33, S34 and S36.
 *
 * <p>A check-in is scheduled, opens once all are ready, and is closed; anybody skips, defers or
 * closes it at any time. Its state is a function of its times. A pause holds it: {@link
 * org.stillpoint.checkin.ReadinessService} lets it go on once all are ready anew.
 *
 * <p>An open one goes from item to item ({@link org.stillpoint.checkin.ProgressService}). No clock
 * is kept running: what is left of an item follows from when it began, what it had run before, and
 * when the first of the active pauses came in. The end of a pause writes down what was spent, so
 * that no pause has to be remembered. Who speaks is overwritten; speaking times are nobody's (S26).
 *
 * <p>A series is agreed on once; its check-ins are made as they come near, by {@link
 * org.stillpoint.checkin.OccurrenceJob}, and from then on are like any. What was skipped, deferred
 * or deleted doesn't come again. Anybody ends a series for all, and so does whoever leaves.
 *
 * <p>What one does in private has no trace that is shared. {@link
 * org.stillpoint.checkin.PrivateRows} are rows of one's own, to which no shared row refers; they
 * raise no event, count no version up, and have no time or id that others get to see. A note counts
 * for nothing until its author submits it, in the open talk. The last submission of all reveals
 * what is sealed, and nothing else does: not a departure, not the end, not a wish of others ({@link
 * org.stillpoint.checkin.AnswerService}). Two things can't be hidden. Whoever has submitted and
 * sees no answers knows that somebody hasn't; and a submission in the very milliseconds of another
 * waits for it.
 *
 * <p>A guest, a witness or a counsellor, is in one check-in with the yes of all, and gone with the
 * first who takes it back. {@link org.stillpoint.checkin.GuestVisits} shows the agenda and what
 * authors have marked of what all can read: no member shows a guest what the others can't see.
 *
 * <p>{@link org.stillpoint.checkin.CalendarReader} lets calendar programs read when a member's
 * check-ins are, and nothing else (S30). {@link org.stillpoint.checkin.ReminderJob} reminds whoever
 * has asked for it, never in a pause.
 *
 * <p>What is decided in a talk is decided by all, binds nobody, and names agreements by their ids,
 * for which {@link org.stillpoint.relationship.AgreementLookup} is asked. Where the times to return
 * after a pause meet, {@link org.stillpoint.checkin.ReturnCheckIns} plans a talk, of which nothing
 * else is told than that all have that time (S11).
 *
 * <p>No template asks who is to blame, asks for an apology or for forgiveness, or lets anybody be
 * compared (S24 to S26). What could be answered to please somebody is sealed.
 */
@NullMarked
package org.stillpoint.checkin;

import org.jspecify.annotations.NullMarked;
