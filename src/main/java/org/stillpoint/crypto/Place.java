package org.stillpoint.crypto;

import java.nio.charset.StandardCharsets;
import java.util.UUID;

/**
 * Where a sealed text is stored, and whose it is. The text opens at no other place and at no other
 * version of it.
 *
 * @param row the row's key, without the parts that the owner gives
 * @param owner the member or the relationship under whose data key it is sealed
 * @param version grows when the text is changed; 0 where it can't be
 */
public record Place(String table, String column, String row, UUID owner, long version) {
  /** The associated data of the encryption. */
  byte[] bytes() {
    return (table + "." + column + "/" + row + "/" + owner + "/" + version)
        .getBytes(StandardCharsets.UTF_8);
  }
}
