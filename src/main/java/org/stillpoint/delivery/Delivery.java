package org.stillpoint.delivery;

import java.util.UUID;
import java.util.function.Supplier;
import org.stillpoint.event.Announced;

/**
 * One event to be handed over to one target of its recipient, held by a lease.
 *
 * @param targetId a device, a contact or a webhook endpoint
 * @param isUrgent true for a pause only
 * @param attempts how often it was tried, this time included
 * @param notice what a phone shows: neutral, without names or content (S30), in the recipient's
 *     language
 * @param lease stands for the right to say how it ended
 */
public record Delivery(
    Announced event,
    String channel,
    UUID targetId,
    String carrier,
    boolean isUrgent,
    int attempts,
    Supplier<String> notice,
    UUID lease) {}
