/**
 * From an access token to the {@link Caller}: verification, scopes, the member behind (issuer,
 * subject) and the apps that act for that member. Keeps S36's attestation.
 */
@NullMarked
package org.stillpoint.identity;

import org.jspecify.annotations.NullMarked;
