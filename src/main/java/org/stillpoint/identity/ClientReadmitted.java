package org.stillpoint.identity;

import java.util.UUID;

/**
 * Fired within the transaction in which a member lets an app in again.
 *
 * @param clientRowId the app's id in the member's list of apps
 * @param byClientId the app through which the member did it
 */
public record ClientReadmitted(UUID memberId, UUID clientRowId, String byClientId) {}
