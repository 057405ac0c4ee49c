package org.stillpoint.crypto;

/**
 * A keyset as the database keeps it.
 *
 * @param bytes encrypted by a master key, for its place
 * @param masterKey the name of that master key; empty where it wasn't written down
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record WrappedKeyset(byte[] bytes, String masterKey) {}
