package dev.portcullis.evidence;

import dev.portcullis.api.Facades;
import dev.portcullis.app.Configurations;
import dev.portcullis.app.Node;
import dev.portcullis.cli.CommandLineProbe;
import dev.portcullis.config.ConfigurationException;
import dev.portcullis.detect.Principals;
import dev.portcullis.detect.Severity;
import dev.portcullis.detect.Signal;
import dev.portcullis.journal.Carried;
import dev.portcullis.journal.Client;
import dev.portcullis.journal.Exchange;
import dev.portcullis.journal.Journal;
import dev.portcullis.journal.Observation;
import dev.portcullis.journal.Outcome;
import dev.portcullis.journal.Pseudonym;
import dev.portcullis.journal.Pseudonyms;
import dev.portcullis.journal.Recording;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A node that was robbed: nothing of it is pretended but the traffic. */
final class Case implements AutoCloseable {
  static final Instant START = Instant.parse("2026-11-24T10:00:00Z");
  static final String THIEF = "198.51.100.7";
  static final String PATIENT = "anna.berg@example.org";

  final Path config;
  final Path state;
  private Node node;

  Case(Path directory) throws Exception {
    config = directory.resolve("portcullis.yaml");
    var said = CommandLineProbe.run("init", config.toString());
    if (said.exitCode() != 0) {
      throw new AssertionError(said.err());
    }
    Files.writeString(config, Files.readString(config) + "\njournal:\n  segment-size: 1MiB\n");
    node = open();
    state = Configurations.read(config).node().state();
  }

  /** The same node, started again. */
  Case(Case before) throws Exception {
    config = before.config;
    state = before.state;
    node = open();
  }

  private Node open() throws ConfigurationException {
    return Node.open(Configurations.read(config), InstantSource.system());
  }

  Facades facades() {
    return node.facades();
  }

  EvidenceDesk desk() {
    return facades().evidence();
  }

  void restart() throws Exception {
    node.close();
    node = open();
  }

  Path key() {
    return state.resolve("journal/journal.pub");
  }

  /** Records it; returns its sequence. */
  long append(Recording exchange) throws Exception {
    return begin(exchange).get(60, TimeUnit.SECONDS);
  }

  private CompletableFuture<Long> begin(Recording exchange) {
    var told = new CompletableFuture<Long>();
    facades()
        .journal()
        .append(
            exchange,
            Journal.Durability.WRITTEN,
            new Journal.Receipt() {
              @Override
              public void recorded(long sequence) {
                told.complete(sequence);
              }

              @Override
              public void lost(String reason) {
                told.complete(-1L);
              }
            });
    return told;
  }

  /** Every third exchange is the thief's; the others are the owner's and somebody else's. */
  void traffic(int count) throws Exception {
    traffic(count, 3);
  }

  /** Of so many exchanges one is the thief's. */
  void traffic(int count, int every) throws Exception {
    CompletableFuture<Long> told = CompletableFuture.completedFuture(0L);
    for (int i = 0; i < count; i++) {
      told =
          begin(
              exchange(
                  i, i % every == 0 ? THIEF : "203.0.113.9", i % every == 2 ? "key-2" : "key-1"));
      if (i % 1_000 == 999) {
        told.get(60, TimeUnit.SECONDS);
      }
    }
    told.get(60, TimeUnit.SECONDS);
  }

  /** Its person gets a pseudonym where all do: on the journal's own thread. */
  Recording exchange(int second, String source, String credential) {
    return new Recording() {
      @Override
      public Instant at() {
        return START.plusSeconds(second);
      }

      @Override
      public Exchange exchange(Pseudonyms pseudonyms) {
        return about(
            pseudonyms.of(second == 0 ? PATIENT : "patient-" + second), second, source, credential);
      }
    };
  }

  private static Exchange about(Pseudonym subject, int second, String source, String credential) {
    return new Exchange(
        START.plusSeconds(second),
        Duration.ofMillis(3),
        Optional.of("patients"),
        Optional.of(credential),
        Optional.of("clinic"),
        Optional.empty(),
        source,
        new Client(
            Optional.of("t13d1516h2_8daaf6152771_e5627efa2ab1"),
            Optional.of("AAAAAAAA"),
            Optional.empty()),
        second % 9 == 0 ? "POST" : "GET",
        "/v1/patients/~" + subject.value(),
        200,
        0,
        100,
        new Outcome.Forwarded(),
        List.of(),
        Carried.of(Set.of("health", "contact"), List.of(subject), Observation.COMPLETE),
        Carried.NOTHING);
  }

  /** One that is too large for the journal: it becomes a gap. */
  void lose(int second) throws Exception {
    Exchange like = about(new Pseudonym("AAAAAAAAAAA"), second, THIEF, "key-1");
    append(
        new Exchange(
            like.at(),
            like.duration(),
            like.route(),
            like.credential(),
            like.account(),
            like.claimed(),
            like.source(),
            like.client(),
            like.method(),
            "/" + "x".repeat(17 << 20),
            like.status(),
            like.requestBytes(),
            like.responseBytes(),
            like.outcome(),
            like.findings(),
            like.response(),
            like.request()));
  }

  /** The incident of what the thief did. */
  String incident(Long... evidence) {
    return facades()
        .incidents()
        .accept(
            new Signal(
                "s1",
                "object-enumeration",
                START.plusSeconds(600),
                Severity.HIGH,
                0.9,
                new Principals(
                    Optional.of("key-1"), Optional.empty(), Optional.of(THIEF), Optional.empty()),
                "One credential reads ever more records",
                List.of(evidence),
                "API1:2023",
                "T1119"))
        .incident()
        .id();
  }

  static EvidenceRequest request(String incident, Path to) {
    return new EvidenceRequest(
        incident, "asked by the police", "Dr Weber", "weber", Optional.of(to), false);
  }

  EvidenceExport export(String incident, Path to) {
    return desk().export(request(incident, to));
  }

  EvidenceVerdict verify(Path archive) throws IOException {
    return EvidenceVerifier.verify(archive, Optional.of(Files.readString(key())));
  }

  @Override
  public void close() {
    node.close();
  }
}
