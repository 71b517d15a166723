package dev.portcullis.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.portcullis.config.DataSettings;
import dev.portcullis.gate.propose.RouteProposal;
import dev.portcullis.journal.Carried;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Routes without a configuration of data are sampled as their responses pass; others are not. */
class ProposalsTest {
  @Test
  void whatPassesUnconfiguredIsProposedAndNothingIsRecordedOfIt() throws Exception {
    var configured =
        TestGate.with(
            TestGate.route("configured", "/configured"),
            new DataSettings(Optional.empty(), List.of("$.no"), Map.of()));
    try (TestGate gate = TestGate.start(TestGate.route("open", "/open"), configured);
        RawHttp client = gate.client()) {
      gate.upstream.behave((request, in, out) ->
          TestUpstream.json(
              out,
              "[{\"user_id\":1,\"mail\":\"a@example.org\"},{\"user_id\":2,\"mail\":\"b@example.org\"},"
                  + "{\"user_id\":3,\"mail\":\"c@example.org\"},{\"user_id\":4,\"mail\":\"d@example.org\"}]"));
      client.get("/configured");
      client.get("/open");
      RouteProposal proposal =
          await()
              .atMost(Duration.ofSeconds(60))
              .until(
                  () -> gate.samples.proposals().stream().findFirst(),
                  found -> found.filter(each -> !each.paths().isEmpty()).isPresent())
              .orElseThrow();
      assertThat(gate.samples.proposals()).hasSize(1);
      assertThat(proposal.route()).isEqualTo("open");
      assertThat(proposal.subjects()).containsExactly("$[*].user_id");
      assertThat(proposal.paths())
          .containsExactly(
              new RouteProposal.PathProposal("$[*].mail", "contact", "e-mail address", 4, 4));
      assertThat(gate.exchange(1).response()).isEqualTo(Carried.NOTHING);
    }
  }
}
