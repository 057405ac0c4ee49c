package org.stillpoint.identity;

import java.time.Instant;
import java.util.UUID;

/**
 * Fired within the transaction in which a member cuts an app off, so that each feature takes back
 * what the app was given.
 *
 * @param clientRowId the app's id in the member's list of apps
 * @param byClientId the app through which the member did it
 */
public record ClientCutOff(
    UUID memberId, UUID clientRowId, String clientId, String byClientId, Instant at) {}
