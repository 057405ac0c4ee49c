package org.stillpoint.identity;

import java.util.UUID;

/**
 * Fired within the transaction in which an app acts for a member for the first time.
 *
 * @param clientRowId the app's id in the member's list of apps
 */
public record ClientIntroduced(UUID memberId, UUID clientRowId, String clientId) {}
