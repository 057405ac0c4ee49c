package org.stillpoint.webhook;

import java.util.UUID;

/**
 * The proof that an app itself calls, and no person through it. Only {@link ClientGuard} makes one.
 *
 * @param memberId the app's own login, which is known like any caller's
 */
record Client(String id, UUID memberId) {}
