package org.stillpoint.mallory;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.stillpoint.api.etag.Etags;
import org.stillpoint.api.json.StrictJson;
import org.stillpoint.api.language.Languages;
import org.stillpoint.api.paging.Cursor;
import org.stillpoint.api.paging.PageRequest;
import org.stillpoint.api.problem.ProblemException;
import org.stillpoint.transaction.IdempotencyKeys;

/**
 * The parsers of our own read what they write, and refuse everything else as a problem. In a build
 * they read the inputs that stand beside this test's resources; {@code JAZZER_FUZZ=1} looks for new
 * ones.
 */
class ParsersTest {
  private static final ObjectMapper JSON =
      StrictJson.configure(new ObjectMapper().registerModule(new JavaTimeModule()));

  private record Values(Instant at, UUID id, List<String> words, Integer number) {}

  @FuzzTest
  void aCursorIsReadAsItWasWrittenOrRefused(FuzzedDataProvider data) {
    String text = data.consumeRemainingAsString();
    readsItself(text, Cursor.ByTime::decode);
    readsItself(text, Cursor.ByNumber::decode);
  }

  /** The last symbol of base 64 may have bits that count for nothing: the place is the same. */
  private static void readsItself(String text, Function<String, ? extends Cursor> decode) {
    try {
      Cursor read = decode.apply(text);
      assertThat(decode.apply(read.encode())).isEqualTo(read);
    } catch (ProblemException refused) {
      assertThat(refused.type().code()).isEqualTo("cursor-invalid");
    }
  }

  @FuzzTest
  void aPageHasAtMostAHundredItems(FuzzedDataProvider data) {
    try {
      assertThat(PageRequest.of(data.consumeRemainingAsString(), null).limit()).isBetween(1, 100);
    } catch (ProblemException refused) {
      assertThat(refused.type().code()).isEqualTo("validation-failed");
    }
  }

  /** Only the version itself, or a star, matches. */
  @FuzzTest
  void aVersionMatchesNothingButItself(FuzzedDataProvider data) {
    long version = data.consumeLong(0, Long.MAX_VALUE);
    String condition = data.consumeRemainingAsString();
    try {
      Etags.checkMatch(OneHeader.of("If-Match", condition), version);
      assertThat(condition)
          .matches(found -> found.trim().equals("*") || found.contains(Etags.of(version)));
    } catch (ProblemException refused) {
      assertThat(condition.trim()).isNotEqualTo("*").isNotEqualTo(Etags.of(version));
    }
  }

  @FuzzTest
  void aLanguageIsAlwaysFound(FuzzedDataProvider data) {
    assertThat(Languages.of(data.consumeRemainingAsString())).isNotNull();
  }

  @FuzzTest
  void anIdempotencyKeyIsVisibleAndShort(FuzzedDataProvider data) {
    String text = data.consumeRemainingAsString();
    try {
      String key = IdempotencyKeys.keyOf(text);
      assertThat(key).isEqualTo(text).matches("[!-~]{1,255}");
    } catch (ProblemException refused) {
      assertThat(text).doesNotMatch("[!-~]{1,255}");
    }
  }

  /** What is read and written is read as the same again. */
  @FuzzTest
  void aBodyHasOneMeaning(FuzzedDataProvider data) throws JsonProcessingException {
    String text = data.consumeRemainingAsString();
    Values read;
    try {
      read = JSON.readValue(text, Values.class);
    } catch (JsonProcessingException refused) {
      return;
    }
    if (read != null) {
      String written = JSON.writeValueAsString(read);
      JsonNode tree = JSON.readTree(written);
      assertThat(JSON.writeValueAsString(JSON.readValue(written, Values.class))).isEqualTo(written);
      assertThat(tree.path("at").asText(""))
          .matches("|\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z");
    }
  }
}
