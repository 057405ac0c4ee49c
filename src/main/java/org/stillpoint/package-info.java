/** Starts and ends the application; see the packages below for what it does. */
@NullMarked
package org.stillpoint;

import org.jspecify.annotations.NullMarked;
