package org.stillpoint.api.paging;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.UUID;

/**
 * The place after which a page begins. Opaque to clients, so that the keys of a list can change; it
 * holds no secret and gives no access.
 */
public sealed interface Cursor {
  /** A place in a list ordered by time; the id orders what happened at the same time. */
  record ByTime(Instant at, UUID id) implements Cursor {
    private static final byte KIND = 1;

    /** The database's own times end later, Java's much later. */
    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");

    private static final int SIZE = 2 + Long.BYTES + Integer.BYTES + 2 * Long.BYTES;

    @Override
    public String encode() {
      return text(
          ByteBuffer.allocate(SIZE)
              .put(VERSION)
              .put(KIND)
              .putLong(at.getEpochSecond())
              .putInt(at.getNano())
              .putLong(id.getMostSignificantBits())
              .putLong(id.getLeastSignificantBits()));
    }

    /** Reads a cursor that a client sent back. */
    public static ByTime decode(String text) {
      ByteBuffer bytes = bytes(text, KIND, SIZE);
      try {
        Instant at = Instant.ofEpochSecond(bytes.getLong(), bytes.getInt());
        if (at.isBefore(Instant.EPOCH) || at.isAfter(LATEST)) {
          throw PagingProblem.CURSOR_INVALID.exception();
        }
        return new ByTime(at, new UUID(bytes.getLong(), bytes.getLong()));
      } catch (DateTimeException | ArithmeticException e) {
        throw PagingProblem.CURSOR_INVALID.exception();
      }
    }
  }

  /** A place in a list ordered by a number. */
  record ByNumber(long number) implements Cursor {
    private static final byte KIND = 2;
    private static final int SIZE = 2 + Long.BYTES;

    @Override
    public String encode() {
      return text(ByteBuffer.allocate(SIZE).put(VERSION).put(KIND).putLong(number));
    }

    /** Reads a cursor that a client sent back. */
    public static ByNumber decode(String text) {
      ByNumber cursor = new ByNumber(bytes(text, KIND, SIZE).getLong());
      cursor.requireWithin(Long.MAX_VALUE);
      return cursor;
    }

    /** Refuses a place beyond the end of the list, which no page was ever followed by. */
    public void requireWithin(long last) {
      if (number < 0 || number > last) {
        throw PagingProblem.CURSOR_INVALID.exception();
      }
    }
  }

  /** The first byte of every cursor; raised when the form of one changes. */
  byte VERSION = 1;

  /** The cursor as clients see it. */
  String encode();

  private static String text(ByteBuffer bytes) {
    var copy = new byte[bytes.flip().remaining()];
    bytes.get(copy);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(copy);
  }

  private static ByteBuffer bytes(String text, byte kind, int size) {
    try {
      ByteBuffer bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(text));
      if (bytes.remaining() == size && bytes.get() == VERSION && bytes.get() == kind) {
        return bytes;
      }
    } catch (IllegalArgumentException | BufferUnderflowException unreadable) {
      // not from here either
    }
    throw PagingProblem.CURSOR_INVALID.exception();
  }
}
