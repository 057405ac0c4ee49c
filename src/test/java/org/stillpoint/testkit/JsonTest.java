package org.stillpoint.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.restassured.path.json.JsonPath;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each look finds what a script would have found. */
class JsonTest {
  private static final String ANSWER =
      """
      {"id": "a", "count": 3, "on": true, "none": null, "by": {"id": "b"}, "data": [
        {"id": "c", "items": [{"id": "d"}, {"id": "e"}]}, {"id": "f", "items": [], "by": null}]}
      """;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "id",
        "count",
        "on",
        "none",
        "none.more",
        "none[0]",
        "missing",
        "missing.more",
        "by",
        "by.id",
        "data",
        "data.id",
        "data.by",
        "data.items.id",
        "data[0].items[1].id",
        "data[1].items[0].id",
        "data[7]",
        "data[7].id",
        "data.size()",
        "data.find { it.id == 'f' }.id",
        "$"
      })
  void findsWhatAScriptFinds(String path) {
    Object found = new Json(ANSWER).get(path);

    assertThat(found).isEqualTo(JsonPath.from(ANSWER).get(path));
  }
}
