/**
 * Secrets and people's words: the master key, what it wraps, and the type that keeps words quiet.
 */
@NullMarked
package org.stillpoint.crypto;

import org.jspecify.annotations.NullMarked;
