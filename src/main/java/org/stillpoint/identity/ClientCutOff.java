package org.stillpoint.identity;

import java.time.Instant;
import java.util.UUID;

/**
 * Fired within the transaction in which a member cuts an app off, so that each feature takes back
 * what the app was given.
 */
public record ClientCutOff(UUID memberId, String clientId, Instant at) {}
