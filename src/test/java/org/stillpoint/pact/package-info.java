/** Contracts of consumers, verified. */
@NullMarked
package org.stillpoint.pact;

import org.jspecify.annotations.NullMarked;
