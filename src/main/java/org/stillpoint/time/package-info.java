/**
 * The clock, the time-ordered ids, and what is done again and again. Nothing else reads the
 * system's time, but for tokens.
 */
@NullMarked
package org.stillpoint.time;

import org.jspecify.annotations.NullMarked;
