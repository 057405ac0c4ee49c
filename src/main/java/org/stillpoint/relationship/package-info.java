/**
 * Relationships, who belongs to them, and how one comes and goes. {@link
 * org.stillpoint.relationship.MembershipGuard} gives the proof that services demand; {@link
 * org.stillpoint.relationship.PressureGuard} the permit to ask something of others. Keeps S7, S9,
 * S10, S32, S34 and S36.
 */
@NullMarked
package org.stillpoint.relationship;

import org.jspecify.annotations.NullMarked;
