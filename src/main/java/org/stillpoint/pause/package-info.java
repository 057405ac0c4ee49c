/**
 * The pause: raising it with one tap, lifting it, acknowledging it, finding a time to return; tap
 * keys and signals. {@link org.stillpoint.pause.PauseRaiser} is the path that must never fail.
 * Keeps S1 to S7, S11 and S31.
 */
@NullMarked
package org.stillpoint.pause;

import org.jspecify.annotations.NullMarked;
