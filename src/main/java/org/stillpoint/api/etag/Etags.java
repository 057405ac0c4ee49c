package org.stillpoint.api.etag;

import jakarta.ws.rs.core.HttpHeaders;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;
import org.stillpoint.api.json.CanonicalJson;
import org.stillpoint.api.language.Language;

/**
 * Strong entity tags: of the version number of what they stand for, or, where that changes by the
 * clock too, of all that the reader sees of it.
 */
public final class Etags {
  /** RFC 9110, 8.8.3: a comma may stand inside of the quotes. */
  private static final Pattern TAG = Pattern.compile("(W/)?(\"[\\x21\\x23-\\x7e\\x80-\\xff]*\")");

  private static final int DIGEST_BYTES = 12;

  private Etags() {}

  /** The tag of a version. */
  public static String of(long version) {
    return "\"" + version + "\"";
  }

  /** The tag of an edition, which has a name of its own. */
  public static String of(UUID edition) {
    return "\"" + edition + "\"";
  }

  /** The tag of exactly what is shown, which may differ from reader to reader. */
  public static String ofContent(Object shown) {
    byte[] digest = Arrays.copyOf(CanonicalJson.hash(shown), DIGEST_BYTES);
    return "\"" + Base64.getUrlEncoder().withoutPadding().encodeToString(digest) + "\"";
  }

  /** The tag of a version in one of its languages, each of which is another text. */
  public static String of(long version, Language language) {
    return "\"" + version + "-" + language.tag() + "\"";
  }

  /** Refuses a write whose caller hasn't seen the current version: 428 or 412. */
  public static void requireMatch(HttpHeaders headers, long version) {
    requireTag(headers, of(version));
  }

  /** Refuses a write whose caller hasn't seen what would be shown now: 428 or 412. */
  public static void requireSeen(HttpHeaders headers, Object shown) {
    requireTag(headers, ofContent(shown));
  }

  /** The same, by the tag. */
  public static void requireTag(HttpHeaders headers, String tag) {
    if (joined(headers, HttpHeaders.IF_MATCH) == null) {
      throw EtagProblem.PRECONDITION_REQUIRED.exception();
    }
    checkTag(headers, tag);
  }

  /** Refuses a write whose caller names another version; one that names none goes on. */
  public static void checkMatch(HttpHeaders headers, long version) {
    checkTag(headers, of(version));
  }

  private static void checkTag(HttpHeaders headers, String tag) {
    @Nullable String condition = joined(headers, HttpHeaders.IF_MATCH);
    if (condition != null && !matches(condition, tag, false)) {
      throw EtagProblem.PRECONDITION_FAILED.exception().withHeader(HttpHeaders.ETAG, tag);
    }
  }

  /** Answers a GET with the resource, or with 304 to a caller who has this version already. */
  public static <T> RestResponse<T> answer(HttpHeaders headers, long version, T body) {
    return answer(headers, of(version), body);
  }

  /** Answers a GET with what is shown, or with 304 to a caller who has exactly that already. */
  public static <T> RestResponse<T> answer(HttpHeaders headers, T shown) {
    return answer(headers, ofContent(shown), shown);
  }

  /** The same, by the tag. */
  public static <T> RestResponse<T> answer(HttpHeaders headers, String tag, T body) {
    @Nullable String condition = joined(headers, HttpHeaders.IF_NONE_MATCH);
    var answer =
        condition != null && matches(condition, tag, true)
            ? RestResponse.ResponseBuilder.<T>notModified()
            : RestResponse.ResponseBuilder.ok(body);
    return answer.header(HttpHeaders.ETAG, tag).build();
  }

  /** Answers a write with what is shown after it. */
  public static <T> RestResponse<T> answer(T shown) {
    return RestResponse.ResponseBuilder.ok(shown)
        .header(HttpHeaders.ETAG, ofContent(shown))
        .build();
  }

  /** If-Match compares strongly, so that a weak tag never matches; If-None-Match weakly. */
  private static boolean matches(String condition, String tag, boolean weakly) {
    if (condition.equals("*")) {
      return true;
    }
    Matcher tags = TAG.matcher(condition);
    while (tags.find()) {
      boolean strong = tags.group(1) == null;
      if ((strong || weakly) && tag.equals(tags.group(2))) {
        return true;
      }
    }
    return false;
  }

  private static @Nullable String joined(HttpHeaders headers, String name) {
    @Nullable List<String> values = headers.getRequestHeader(name);
    return values == null || values.isEmpty() ? null : String.join(",", values).trim();
  }
}
