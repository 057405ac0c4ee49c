package org.stillpoint.time;

/** Fired when a sandbox's rows are gone: whoever remembers something of them forgets it. */
public record Emptied() {}
