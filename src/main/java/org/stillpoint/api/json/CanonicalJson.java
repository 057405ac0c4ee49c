package org.stillpoint.api.json;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import org.erdtman.jcs.JsonCanonicalizer;
import org.stillpoint.crypto.RandomSecret;

/**
 * JSON as RFC 8785 writes it: whoever has read a value computes the same bytes, in any language.
 */
public final class CanonicalJson {
  /** A mapper of its own: no setting of the application's may change a hash. */
  private static final ObjectMapper MAPPER = StrictJson.configure(new ObjectMapper());

  private CanonicalJson() {}

  /** SHA-256 over the canonical form. */
  public static byte[] hash(Object value) {
    return RandomSecret.hash(write(value));
  }

  /** The canonical form, in UTF-8. */
  public static byte[] write(Object value) {
    try {
      return new JsonCanonicalizer(MAPPER.writeValueAsString(value)).getEncodedUTF8();
    } catch (JsonProcessingException e) {
      // Its message quotes what people wrote.
      throw new IllegalStateException("A value can't be written: " + e.getClass().getName());
    } catch (IOException e) {
      throw new IllegalStateException("JSON can't be canonical: " + e.getClass().getName());
    }
  }
}
