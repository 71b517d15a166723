package dev.portcullis.gate.observe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.quicktheories.QuickTheory.qt;
import static org.quicktheories.generators.SourceDSL.integers;

import dev.portcullis.config.DataSettings;
import dev.portcullis.journal.Observation;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Data subjects and classes are found in a document however it arrives. */
class ObservationPlanTest {
  private static final DataSettings DATA =
      new DataSettings(
          Optional.empty(),
          List.of("$.a.b", "$.items[*].id", "$[*].id", "$.pair[1].id", "$.flat[*]"),
          Map.of("health", List.of("$.items[*].icd"), "any", List.of("$.a", "$.deep[*].x.y")));

  private static final String DOCUMENT =
      """
      {"a":{"b":"one","c":{"b":"not"}},"b":"not","items":[{"id":"tw\\u006f","icd":null},
       {"other":[{"id":"not"}],"id":3},{"id":null},{"id":true},{"id":{"id":"not"}},{"id":4.50}],
       "pair":[{"id":"not"},{"id":"five","x":[1,2,[3]]},{"id":"not"}],"flat":["six",[7],"ä€"],
       "deep":[{"x":[]},{"x":{"y":null}}]}
      """;

  private static Observed read(String document, int step, int limit) {
    BodyObserver observer =
        new ObservationPlan(DATA, limit)
            .observe(
                "GET",
                200,
                Optional.of("application/json; charset=utf-8"),
                Optional.empty(),
                Optional.empty());
    byte[] bytes = document.getBytes(StandardCharsets.UTF_8);
    for (int at = 0; at < bytes.length; at += step) {
      observer.bytes(ByteBuffer.wrap(bytes, at, Math.min(step, bytes.length - at)));
    }
    return observer.end(true).known();
  }

  @Test
  void everyPathFindsWhatItNamesAndNothingElse() {
    Observed observed = read(DOCUMENT, 10_000, 10_000);
    assertThat(observed.subjects())
        .containsExactlyInAnyOrder("one", "two", "3", "4.50", "five", "six", "ä€");
    assertThat(observed.dataClasses()).containsExactly("any");
    assertThat(observed.observation()).isEqualTo(Observation.COMPLETE);
  }

  @Test
  void theSameIsFoundHoweverTheDocumentArrives() {
    Observed whole = read(DOCUMENT, 10_000, 10_000);
    qt().forAll(integers().between(1, 600))
        .checkAssert(step -> assertThat(read(DOCUMENT, step, 10_000)).isEqualTo(whole));
  }

  @Test
  void whatLiesBeyondTheLimitIsNotKnownAndThatIsSaid() {
    qt().forAll(integers().between(1, 300), integers().between(1, 100))
        .checkAssert((limit, step) -> {
          Observed observed = read(DOCUMENT, step, limit);
          assertThat(observed.observation()).isEqualTo(Observation.PARTIAL);
          assertThat(read(DOCUMENT, 10_000, 10_000).subjects()).containsAll(observed.subjects());
        });
  }

  @Test
  void anArrayAtTheTopIsReadToo() {
    assertThat(read("[{\"id\":1},{\"id\":\"x\"}]", 3, 1_000).subjects()).containsExactly("1", "x");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"a\":", "{} {}", "{]", "nonsense", "{\"a\":1}x", "[1,2", "\"half"})
  void brokenDocumentsAreReadInPart(String document) {
    assertThat(read(document, 1, 1_000).observation()).isEqualTo(Observation.PARTIAL);
  }

  @Test
  void aDocumentBeyondAllDepthIsReadInPart() {
    assertThat(read("[".repeat(5_000) + "]".repeat(5_000), 100, 100_000).observation())
        .isEqualTo(Observation.PARTIAL);
  }

  @Test
  void anEmptyBodyIsReadWhole() {
    assertThat(read("", 1, 1_000).observation()).isEqualTo(Observation.COMPLETE);
  }
}
