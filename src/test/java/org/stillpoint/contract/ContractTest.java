package org.stillpoint.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.stillpoint.testkit.PlainHttp;
import org.stillpoint.testkit.StillpointTest;

/** The committed documents say what the code says. */
@StillpointTest
class ContractTest {
  /** Writes the documents anew: {@code ./mvnw test -Dtest=ContractTest -Dcontract.write}. */
  private static final boolean WRITE = System.getProperty("contract.write") != null;

  @ParameterizedTest
  @CsvSource({
    "openapi/openapi.yaml, target/openapi/openapi.yaml",
    "openapi/openapi-3.0.yaml, target/openapi-3.0/openapi-v30.yaml"
  })
  void theCommittedDocumentIsTheOneOfTheCode(Path committed, Path generated) throws IOException {
    if (WRITE) {
      Files.copy(generated, committed, StandardCopyOption.REPLACE_EXISTING);
    }

    assertThat(committed)
        .as("To take the change over: ./mvnw test -Dtest=ContractTest -Dcontract.write")
        .hasSameTextualContentAs(generated);
  }

  @ParameterizedTest
  @ValueSource(strings = {"openapi/openapi.yaml", "openapi/openapi-3.0.yaml"})
  void theApplicationServesTheCommittedDocument(Path committed) throws IOException {
    assumeFalse(WRITE, "What is served is what was there when this was compiled");

    PlainHttp.Answer answer = PlainHttp.send(new PlainHttp.Call("GET", "/" + committed, Map.of()));

    assertThat(answer.body()).isEqualTo(Files.readString(committed));
  }
}
