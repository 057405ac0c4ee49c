/**
 * The events of a member's feed, as a stream and as a list. A stream ends when its login does: at
 * the token's expiry, when the app is cut off, and when the member leaves a relationship.
 */
@NullMarked
package org.stillpoint.realtime;

import org.jspecify.annotations.NullMarked;
