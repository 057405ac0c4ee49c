package org.stillpoint.identity;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a verified access token says.
 *
 * @param issuer with the subject, the person
 * @param clientId the app: the token's {@code azp} or {@code client_id}
 * @param at when the person logged in ({@code auth_time}); null when the token doesn't say. The
 *     time of issue is no substitute: an app gets a younger token by refreshing, without the
 *     person.
 * @param issuedAt when the token was made; null when it doesn't say
 * @param expiresAt when the token ends, and with it the streams that it opened
 */
public record Login(
    String issuer,
    String subject,
    String clientId,
    @Nullable Instant at,
    @Nullable Instant issuedAt,
    Instant expiresAt) {}
