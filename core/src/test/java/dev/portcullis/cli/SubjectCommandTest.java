package dev.portcullis.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.app.Configurations;
import dev.portcullis.app.Node;
import dev.portcullis.incident.Signals;
import dev.portcullis.journal.vault.Vaults;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A data subject's rights and a legal hold, as a person types them. */
class SubjectCommandTest {
  @TempDir Path directory;

  @BeforeEach
  void aBreachThatReachedAnna() throws Exception {
    Path file = directory.resolve("portcullis.yaml");
    CommandLineProbe.run("init", file.toString());
    try (var node = Node.open(Configurations.read(file), InstantSource.system())) {
      Instant now = Instant.parse("2026-11-24T12:00:00Z");
      var journal = node.facades().journal();
      Vaults.record(journal, Vaults.about(now, "key-1", "203.0.113.66", "anna@example.org"));
      Vaults.record(journal, Vaults.about(now, "key-2", "192.0.2.1", "emil@example.org"));
      node.facades()
          .incidents()
          .accept(Signals.signal("s1", "injection", now, "key-1", "northside", "203.0.113.66", ""));
    }
  }

  private CommandLineProbe.Said run(String... arguments) {
    List<String> all = new ArrayList<>(Arrays.asList(arguments));
    all.addAll(List.of("-c", directory.resolve("portcullis.yaml").toString()));
    return CommandLineProbe.run(all.toArray(String[]::new));
  }

  @Test
  void onePersonIsFoundHeldErasedAndStillCounted() {
    var found = run("subject", "find", "anna@example.org", "--json");
    assertThat(found.exitCode()).as(found.err()).isZero();
    assertThat(found.json().path("exchanges").asInt()).isEqualTo(1);
    String pseudonym = found.json().path("pseudonym").asString();
    assertThat(run("subject", "find", "anna@example.org").out()).contains(pseudonym, "patients");
    assertThat(run("subject", "find", "nobody@example.org").out()).contains("Not known");

    var hold = run("incident", "hold", "INC-1", "--reason", "claim", "--until", "2099-12-31");
    assertThat(hold.exitCode()).as(hold.err()).isZero();
    assertThat(hold.out()).contains("HLD-1").contains("2099-12-31T00:00:00Z");
    assertThat(run("incident", "show", "INC-1").out()).contains("Legal hold HLD-1");

    String[] erase = {
      "subject", "erase", "anna@example.org", "--reason", "Art. 17", "--request", "R-42"
    };
    var unasked = run(erase);
    assertThat(unasked.exitCode()).isEqualTo(1);
    assertThat(unasked.err()).contains("--yes");
    var refused = run(with(erase, "--yes"));
    assertThat(refused.exitCode()).isEqualTo(1);
    assertThat(refused.err()).contains("INC-1").contains("--despite-hold");

    assertThat(run("incident", "release-hold", "INC-1", "--reason", "settled").exitCode()).isZero();
    var erased = run(with(erase, "--yes"));
    assertThat(erased.exitCode()).as(erased.err()).isZero();
    assertThat(erased.out()).contains("ERA-1").contains(pseudonym);

    var register = run("subject", "erasures", "--json");
    assertThat(register.json().get(0).path("pseudonym").asString()).isEqualTo(pseudonym);
    assertThat(register.out()).doesNotContain("anna");
    var scope = run("scope", "INC-1", "--subjects", "--json");
    assertThat(scope.json().path("subject_count").asInt()).isEqualTo(1);
    assertThat(scope.json().path("erased").asInt()).isEqualTo(1);
    assertThat(scope.json().path("subjects").get(0).asString())
        .startsWith("erased on ")
        .endsWith("(" + pseudonym + ")");
  }

  @Test
  void whatMakesNoSenseIsRefusedWithTheWayOut() {
    var when = run("incident", "hold", "INC-1", "--reason", "claim", "--until", "soon");
    assertThat(when.exitCode()).isEqualTo(1);
    assertThat(when.err()).contains("2027-12-31");
    var named =
        run("subject", "erase", "emil@example.org", "--yes", "--reason", "for emil@example.org");
    assertThat(named.exitCode()).isEqualTo(1);
    assertThat(named.err()).contains("names the person");
    assertThat(run("subject", "erase", "emil@example.org", "--yes").exitCode()).isEqualTo(2);
    assertThat(run("subject", "erasures").out()).contains("Nobody was erased");
  }

  private static String[] with(String[] arguments, String more) {
    String[] all = Arrays.copyOf(arguments, arguments.length + 1);
    all[arguments.length] = more;
    return all;
  }
}
