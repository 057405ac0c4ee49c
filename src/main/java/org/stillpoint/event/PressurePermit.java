package org.stillpoint.event;

/**
 * The pressure guard's leave to ask something of another member (S9). Only the guard grants it;
 * {@link Event#asking} demands it, so that no feature can forget to ask.
 *
 * @param confirm asks the guard again; it throws when a pause has come since. The outbox does so
 *     once it holds the recipients' feeds, which a tap needs too: what it stores then is before the
 *     pause or not at all.
 */
public record PressurePermit(Runnable confirm) {}
