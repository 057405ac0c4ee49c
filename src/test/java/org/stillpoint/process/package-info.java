/** The packaged application, started as an operator starts it: as a process of its own. */
@NullMarked
package org.stillpoint.process;

import org.jspecify.annotations.NullMarked;
