/**
 * What members' apps are told: the catalogue of events, the feed of each member, and the outbox
 * that stores events with the change that they report. Keeps S5, S9 and S30.
 */
@NullMarked
package org.stillpoint.event;

import org.jspecify.annotations.NullMarked;
