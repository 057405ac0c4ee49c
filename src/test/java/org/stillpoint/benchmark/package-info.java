/**
 * The benchmark: how fast a tap is, and how far from what the database alone could do. It is no
 * test; README.md names its command.
 */
@NullMarked
package org.stillpoint.benchmark;

import org.jspecify.annotations.NullMarked;
