/**
 * Hands notices over to the channels, at least once, in order for each recipient and channel,
 * pauses ahead of everything else; a pause that had to be tried several times may be overtaken by
 * later ones. Keeps S5, S30 and S31: what is known is queued, handed over, failed or abandoned,
 * never seen.
 */
@NullMarked
package org.stillpoint.delivery;

import org.jspecify.annotations.NullMarked;
