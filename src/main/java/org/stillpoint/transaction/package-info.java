/**
 * The one place that opens a transaction for a caller: it admits the caller, runs the work once for
 * an idempotency key (S35), stores the outbox, commits, and tells. Where the disk is nearly full it
 * keeps the room for pauses (S1).
 */
@NullMarked
package org.stillpoint.transaction;

import org.jspecify.annotations.NullMarked;
