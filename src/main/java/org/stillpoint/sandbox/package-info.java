/**
 * For developers: tokens for any person, a clock that moves forward, the inbox of a fake carrier,
 * and a reset. It is off unless {@code stillpoint.sandbox} is set, and never starts beside
 * production settings.
 */
@NullMarked
package org.stillpoint.sandbox;

import org.jspecify.annotations.NullMarked;
