package dev.portcullis.gate.propose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.portcullis.gate.observe.BodyObserver;
import dev.portcullis.gate.propose.RouteProposal.PathProposal;
import dev.portcullis.gate.testing.Coding;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Samples propose what to configure, and keep nobody's data. */
class SampledRoutesTest {
  private static String people(int from) {
    return IntStream.range(from, from + 20)
        .mapToObj(i ->
            ("{\"customer_id\":%d,\"mail\":\"p%d@example.org\",\"total\":%d,"
                    + "\"by\":{\"p%d@example.org\":{\"diagnosis\":\"E%02d.9\"}}}")
                .formatted(i, i, 7 * i, i, i % 100))
        .collect(Collectors.joining(",", "{\"items\":[", "]}"));
  }

  private static RouteProposal proposal(Coding coding, String body) {
    var samples = new Samples();
    BodyObserver observer =
        samples
            .of("people")
            .orElseThrow()
            .take(200, Optional.of("application/json; charset=utf-8"), coding.label())
            .orElseThrow();
    observer.bytes(ByteBuffer.wrap(coding.encode(body.getBytes(StandardCharsets.UTF_8))));
    observer.end(true);
    await().atMost(Duration.ofSeconds(60)).until(() -> !samples.proposals().isEmpty());
    return await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> samples.proposals().getFirst(), each -> each.paths().size() > 1);
  }

  @ParameterizedTest
  @EnumSource(Coding.class)
  void pathsAreProposedWithTheirClassAndCounts(Coding coding) {
    RouteProposal proposal = proposal(coding, people(1));
    assertThat(proposal.subjects()).containsExactly("$.items[*].customer_id");
    assertThat(proposal.paths())
        .containsExactlyInAnyOrder(
            new PathProposal("$.items[*].mail", "contact", "e-mail address", 20, 20),
            new PathProposal("$.items[*].by.*.diagnosis", "health", "ICD-10 code", 20, 20));
  }

  @Test
  void aBodyThatIsCutOffCountsAsFarAsItGoes() {
    assertThat(proposal(Coding.IDENTITY, people(1) + people(1).repeat(100)).paths()).hasSize(2);
  }

  @Test
  void atMostOneResponseASecondIsSampledAndOnlyJson() {
    RouteSamples route = new Samples().of("people").orElseThrow();
    var json = Optional.of("application/json");
    assertThat(route.take(404, json, Optional.empty())).isEmpty();
    assertThat(route.take(200, Optional.of("text/html"), Optional.empty())).isEmpty();
    assertThat(route.take(200, json, Optional.of("compress"))).isEmpty();
    assertThat(route.isDue()).isTrue();
    assertThat(route.take(200, json, Optional.empty())).isPresent();
    assertThat(route.take(200, json, Optional.empty())).isEmpty();
  }
}
