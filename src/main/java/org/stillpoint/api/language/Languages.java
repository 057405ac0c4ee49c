package org.stillpoint.api.language;

import jakarta.ws.rs.core.HttpHeaders;
import java.util.List;
import java.util.Locale;
import java.util.Locale.LanguageRange;
import java.util.stream.Stream;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** Finds the language that a caller asks for; English when none of ours is asked for. */
public final class Languages {
  /** Nobody reads more languages than this; a longer header is only work for the parser. */
  private static final int LONGEST_HEADER = 500;

  private static final List<Locale> OURS =
      Stream.of(Language.values()).map(Language::locale).toList();

  private Languages() {}

  /** The language asked for by the headers of a request. */
  public static Language of(HttpHeaders headers) {
    return of(headers.getHeaderString(HttpHeaders.ACCEPT_LANGUAGE));
  }

  /** The language asked for by the value of an {@code Accept-Language} header. */
  public static Language of(@Nullable String acceptLanguage) {
    if (acceptLanguage == null
        || acceptLanguage.isBlank()
        || acceptLanguage.length() > LONGEST_HEADER) {
      return Language.EN;
    }
    try {
      @Nullable Locale found = Locale.lookup(LanguageRange.parse(acceptLanguage), OURS);
      return Stream.of(Language.values())
          .filter(language -> language.locale().equals(found))
          .findFirst()
          .orElse(Language.EN);
    } catch (IllegalArgumentException unreadable) {
      return Language.EN;
    }
  }

  /**
   * Marks an answer as being in this language: to whoever asks in another it says something else.
   */
  public static <T> RestResponse<T> said(Language language, RestResponse<T> answer) {
    answer.getHeaders().putSingle(HttpHeaders.CONTENT_LANGUAGE, language.tag());
    answer.getHeaders().putSingle(HttpHeaders.VARY, HttpHeaders.ACCEPT_LANGUAGE);
    return answer;
  }
}
