package org.stillpoint.device;

/** Knows what the operator has set up for a kind of push. A bean for each kind, or for several. */
public interface PushCredentials {
  /** Whether devices of this app can be told by this channel. */
  boolean has(String channel, String clientId);
}
