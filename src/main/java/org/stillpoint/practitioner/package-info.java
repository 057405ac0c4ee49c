/**
 * Practitioners, and the grants by which members let them read. Keeps S9, S10, S16, S17, S27, S28,
 * S29 and S34.
 *
 * <p>A grant is read by what is so at that moment and by no state that somebody would have to
 * change: {@code open_grant} of the database is the one way in, and writes the access log as it
 * opens. Other features ask for it through {@link org.stillpoint.relationship.GrantLookup}.
 *
 * <p>A shared grant is a relationship's and needs the yes of all; a self grant is one member's, of
 * whom nobody else learns that it is there.
 */
@NullMarked
package org.stillpoint.practitioner;

import org.jspecify.annotations.NullMarked;
