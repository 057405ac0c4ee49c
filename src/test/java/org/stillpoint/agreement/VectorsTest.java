package org.stillpoint.agreement;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.stillpoint.agreement.AgreementTexts.TermDocument;
import org.stillpoint.agreement.AgreementViews.HistoryEntryView;
import org.stillpoint.agreement.VectorStage.GivenLimit;
import org.stillpoint.agreement.VectorStage.GivenTerm;
import org.stillpoint.api.json.CanonicalJson;
import org.stillpoint.api.json.StrictJson;
import org.stillpoint.crypto.SensitiveText;

/**
 * The published examples of {@code openapi/vectors}, against which apps try their own code, are
 * right, and written as the API writes.
 */
class VectorsTest {
  private static final Path VECTORS = Path.of("openapi", "vectors");

  private static final ObjectMapper JSON =
      StrictJson.configure(new ObjectMapper())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private interface Named {
    String name();
  }

  /** Every example of a file, each read strictly. */
  private static <T extends Named> Stream<DynamicTest> all(
      String file, Class<T> type, int atLeast, Consumer<T> check) throws IOException {
    JsonNode vectors = JSON.readTree(VECTORS.resolve(file).toFile());
    List<T> read = new ArrayList<>();
    for (JsonNode vector : vectors) {
      T one = JSON.treeToValue(vector, type);
      requireAsOnTheWire(JSON.readTree(JSON.writeValueAsBytes(one)), vector);
      read.add(one);
    }
    assertThat(read).hasSizeGreaterThanOrEqualTo(atLeast);
    assertThat(read).extracting(Named::name).doesNotContainNull().doesNotHaveDuplicates();
    return read.stream().map(one -> DynamicTest.dynamicTest(one.name(), () -> check.accept(one)));
  }

  /** A member that is missing, or a time or an id in another form, would be read all the same. */
  private static void requireAsOnTheWire(JsonNode written, JsonNode vector) {
    for (Map.Entry<String, JsonNode> member : vector.properties()) {
      boolean anyOrder = member.getKey().equals("sent");
      if (!anyOrder && !member.getValue().isNull()) {
        assertThat(written.get(member.getKey()))
            .as(vector.path("name").asText())
            .isEqualTo(member.getValue());
      }
    }
  }

  /**
   * @param sent the same content as a client may send it; null for as it is stored
   * @param canonical what is hashed
   */
  private record TermHash(
      String name,
      TermContent content,
      @Nullable TermContent sent,
      String salt,
      String canonical,
      String hash)
      implements Named {}

  @TestFactory
  @Tag("S15")
  @Tag("S20")
  Stream<DynamicTest> anybodyComputesTheHashOfATerm() throws IOException {
    return all("term-hash.json", TermHash.class, 20, VectorsTest::hash);
  }

  private static void hash(TermHash vector) {
    var document = new TermDocument(vector.salt(), vector.content());
    assertThat(utf8(CanonicalJson.write(document))).as(vector.name()).isEqualTo(vector.canonical());
    assertThat(HexFormat.of().formatHex(document.hash()))
        .as(vector.name())
        .isEqualTo(vector.hash());
    assertThat(CanonicalJson.write(TermContentView.of(vector.content())))
        .as("what is answered is what was hashed")
        .isEqualTo(CanonicalJson.write(vector.content()));
    if (vector.sent() != null) {
      assertThat(vector.sent()).isEqualTo(vector.content());
    }
  }

  private static String utf8(byte[] text) {
    return new String(text, StandardCharsets.UTF_8);
  }

  private record Chain(String name, List<HistoryEntryView> entries, boolean valid, String why)
      implements Named {}

  @TestFactory
  @Tag("S20")
  Stream<DynamicTest> anybodyChecksAHistory() throws IOException {
    return all(
        "history-chain.json",
        Chain.class,
        20,
        vector -> {
          assertThat(isWhole(vector.entries())).as(vector.name()).isEqualTo(vector.valid());
          assertThat(vector.why()).isNotBlank();
        });
  }

  /** As the document describes it to whoever reads a history. */
  private static boolean isWhole(List<HistoryEntryView> entries) {
    String previous = null;
    long sequence = 0;
    for (HistoryEntryView entry : entries) {
      sequence++;
      if (entry.sequence() != sequence
          || !Objects.equals(entry.previousHash(), previous)
          || !entry.hash().equals(hash(entry))) {
        return false;
      }
      previous = entry.hash();
    }
    return true;
  }

  private static String hash(HistoryEntryView entry) {
    var hashed =
        new AgreementEvent.Hashed(
            entry.sequence(),
            entry.type(),
            entry.actorId(),
            entry.occurredAt(),
            entry.termId(),
            entry.contentHash(),
            entry.previousHash());
    return HexFormat.of().formatHex(CanonicalJson.hash(hashed));
  }

  private record Change(
      String name,
      UUID author,
      @Nullable TermContent before,
      @Nullable TermContent after,
      String effect)
      implements Named {}

  @TestFactory
  @Tag("S13")
  @Tag("S14")
  @Tag("S19")
  Stream<DynamicTest> whatTightensIsWhatTheTableSays() throws IOException {
    return all(
        "classification.json",
        Change.class,
        100,
        vector ->
            assertThat(Tightening.isTightening(vector.before(), vector.after(), vector.author()))
                .as(vector.name())
                .isEqualTo(
                    switch (vector.effect()) {
                      case "tightens" -> true;
                      case "loosens" -> false;
                      default -> throw new AssertionError(vector.effect());
                    }));
  }

  private record Question(String activity, @Nullable TermDomain domain, List<UUID> with) {}

  private record Permitted(UUID id, List<SensitiveText> exceptActivities) {}

  private record Lists(
      List<Permitted> permissions,
      List<UUID> prohibitions,
      List<UUID> requirements,
      List<UUID> limits) {}

  private record Situation(
      String name,
      boolean paused,
      Instant instant,
      List<GivenTerm> terms,
      List<GivenLimit> limits,
      Question question,
      InForce.Answer answer,
      @Nullable Lists inForce)
      implements Named {}

  @TestFactory
  @Tag("S8")
  @Tag("S12")
  @Tag("S13")
  @Tag("S16")
  @Tag("S19")
  Stream<DynamicTest> whatIsInForceIsRightAtEachInstant() throws IOException {
    return all("in-force.json", Situation.class, 60, VectorsTest::ask);
  }

  private static void ask(Situation vector) {
    var stage = new VectorStage(vector.instant());
    List<Term> terms = vector.terms().stream().map(stage::term).toList();
    List<LimitState> limits = vector.limits().stream().map(stage::limit).toList();
    InForce.Now now = InForce.at(vector.instant(), vector.paused(), terms, stage::says, limits);
    Question question = vector.question();
    InForce.Answer answer =
        InForce.answer(
            now, question.domain(), SensitiveText.of(question.activity()), question.with());
    assertThat(answer.level()).as(vector.name()).isEqualTo(vector.answer().level());
    assertThat(answer.reasons().stream().map(reason -> asGiven(stage, reason)))
        .as(vector.name())
        .containsExactlyInAnyOrderElementsOf(vector.answer().reasons());
    if (vector.inForce() != null) {
      assertThat(lists(stage, now)).as(vector.name()).isEqualTo(vector.inForce());
    }
  }

  private static InForce.Reason asGiven(VectorStage stage, InForce.Reason reason) {
    UUID id = reason.resourceId();
    return new InForce.Reason(
        reason.code(), reason.resourceType(), id == null ? null : stage.given(id));
  }

  private static Lists lists(VectorStage stage, InForce.Now now) {
    return new Lists(
        now.permissions().stream()
            .map(each -> new Permitted(stage.given(each.said().term().id()), each.except()))
            .toList(),
        now.prohibitions().stream().map(said -> stage.given(said.term().id())).toList(),
        now.requirements().stream().map(said -> stage.given(said.term().id())).toList(),
        now.limits().stream().map(limit -> stage.given(limit.id())).toList());
  }
}
