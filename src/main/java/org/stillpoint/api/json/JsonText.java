package org.stillpoint.api.json;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import org.stillpoint.api.problem.HttpProblem;

/**
 * The characters of a JSON body. Texts end up in PostgreSQL, in other people's apps and under
 * hashes: what these would read differently, or not at all, is refused here.
 */
final class JsonText {
  private JsonText() {}

  /** Decodes strictly: the framework's decoder takes overlong forms, and so two bodies for one. */
  static String decode(byte[] body) {
    try {
      String text =
          StandardCharsets.UTF_8
              .newDecoder()
              .onMalformedInput(CodingErrorAction.REPORT)
              .onUnmappableCharacter(CodingErrorAction.REPORT)
              .decode(ByteBuffer.wrap(body))
              .toString();
      checkEscapes(text);
      return text;
    } catch (CharacterCodingException e) {
      throw HttpProblem.MALFORMED_JSON.exception();
    }
  }

  /** PostgreSQL stores no U+0000, and half a surrogate pair is no character. */
  private static void checkEscapes(String text) {
    boolean highBefore = false;
    for (int at = text.indexOf('\\'); at >= 0; at = text.indexOf('\\', at)) {
      boolean unicode = at + 1 < text.length() && text.charAt(at + 1) == 'u';
      int code = unicode ? hex(text, at + 2) : -1;
      boolean low = code >= 0xdc00 && code <= 0xdfff;
      if (code == 0 || low != highBefore) {
        throw HttpProblem.MALFORMED_JSON.exception();
      }
      highBefore = code >= 0xd800 && code <= 0xdbff;
      at += unicode ? 6 : 2;
      if (highBefore && !text.startsWith("\\u", at)) {
        throw HttpProblem.MALFORMED_JSON.exception();
      }
    }
  }

  /** The four hexadecimal digits, or -1; bad ones are the parser's to refuse. */
  private static int hex(String text, int from) {
    if (from + 4 > text.length()) {
      return -1;
    }
    try {
      return Integer.parseUnsignedInt(text, from, from + 4, 16);
    } catch (NumberFormatException unreadable) {
      return -1;
    }
  }
}
