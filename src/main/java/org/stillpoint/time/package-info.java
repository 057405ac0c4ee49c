/** The clock and the time-ordered ids. Nothing else reads the system's time, but for tokens. */
@NullMarked
package org.stillpoint.time;

import org.jspecify.annotations.NullMarked;
