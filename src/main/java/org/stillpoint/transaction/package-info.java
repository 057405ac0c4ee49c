/**
 * The one place that opens a transaction for a caller: it admits the caller, runs the work once for
 * an idempotency key (S35), stores the outbox, commits, and tells.
 */
@NullMarked
package org.stillpoint.transaction;

import org.jspecify.annotations.NullMarked;
