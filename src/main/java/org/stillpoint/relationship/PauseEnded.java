package org.stillpoint.relationship;

import java.time.Instant;
import java.util.UUID;

/**
 * Fired within the transaction in which a pause ends, so that what it held doesn't go on by itself.
 *
 * @param pausedSince when the first of the pauses that were active until now came in
 */
public record PauseEnded(UUID relationshipId, Instant pausedSince, Instant at) {}
