package org.stillpoint.event;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class EventTypeTest {
  @Test
  void theDocumentNamesAllThereAre() throws JsonProcessingException {
    assertThat(new ObjectMapper().readValue(EventType.WIRE_NAMES, String[].class))
        .containsExactly(
            Stream.of(EventType.values()).map(EventType::wireName).toArray(String[]::new));
  }
}
