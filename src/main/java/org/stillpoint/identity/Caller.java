package org.stillpoint.identity;

import java.util.UUID;

/**
 * Who calls: the member of the login, whose app is not cut off.
 *
 * @param clientRowId the app's id in the member's list of apps
 */
public record Caller(UUID memberId, UUID clientRowId, Login login) {}
