package dev.portcullis.journal;

import static dev.portcullis.journal.TestJournals.numbered;
import static dev.portcullis.journal.TestJournals.record;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.portcullis.config.AttestationSettings;
import dev.portcullis.config.JournalSettings;
import dev.portcullis.config.TimestampSettings;
import dev.portcullis.config.WitnessSettings;
import dev.portcullis.crypto.Keyring;
import dev.portcullis.journal.Verification.Damaged;
import dev.portcullis.journal.Verification.Damaged.What;
import dev.portcullis.journal.Verification.Verified;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Others put their names under the journal's checkpoints, so that its owner can't rewrite it. */
class AttestationTest {
  private static final Duration OFTEN = Duration.ofMillis(20);

  @TempDir Path temporary;
  private Path directory;
  private String vkey = "";
  private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();

  @BeforeEach
  void aJournal() throws Exception {
    directory = temporary.resolve("journal");
    try (var journal = open(AttestationSettings.NONE)) {
      record(journal, numbered(0));
    }
    vkey = Files.readString(directory.resolve("journal.pub")).strip();
  }

  private FileJournal open(AttestationSettings attestation) {
    var keyring = Keyring.open(temporary.resolve("keys"));
    return FileJournal.open(
        directory,
        new JournalSettings(Duration.ofMillis(1), 20_000, 8_192, Duration.ofMillis(5), attestation),
        keyring.signingKeys("journal"),
        TestJournals.ORIGIN,
        new SivPseudonyms(keyring.deterministicCipher("subjects")),
        InstantSource.system(),
        metrics);
  }

  private static AttestationSettings witnesses(WitnessSettings... all) {
    return new AttestationSettings(List.of(all), OFTEN, Optional.empty());
  }

  private static AttestationSettings stamped(URI url) {
    return new AttestationSettings(
        List.of(), OFTEN, Optional.of(new TimestampSettings(url, OFTEN)));
  }

  private static WitnessSettings settings(TestWitness witness) throws Exception {
    return new WitnessSettings(witness.url(), witness.vkey());
  }

  private static ConditionFactory eventually() {
    return await().atMost(Duration.ofSeconds(60)).pollInterval(Duration.ofMillis(5));
  }

  private double failures(String kind, String reason) {
    var counter =
        metrics
            .find("portcullis.journal.attestation.failures")
            .tags("kind", kind, "reason", reason)
            .counter();
    return counter == null ? 0 : counter.count();
  }

  private Verification verify(List<String> witnesses, Optional<Path> authorities) {
    return JournalVerifier.verify(
        directory, Optional.of(vkey), new Attestors(witnesses, authorities));
  }

  @Test
  void witnessesCosignAGrowingJournalAndTheirWordIsKept() throws Exception {
    try (var one = new TestWitness("one.example", vkey);
        var two = new TestWitness("two.example", vkey)) {
      try (var journal = open(witnesses(settings(one), settings(two)))) {
        for (int i = 1; i < 400; i++) {
          record(journal, numbered(i));
          if (i % 100 == 0) {
            long size = i + 1L;
            eventually().until(() -> one.size() >= size && two.size() >= size);
          }
        }
        eventually().until(() -> one.size() == 400 && two.size() == 400);
        eventually()
            .until(() -> Files.readAllLines(directory.resolve("checkpoint")).size() == 4 + 3);
      }
      assertThat(verify(List.of(one.vkey(), two.vkey()), Optional.empty()))
          .isInstanceOfSatisfying(
              Verified.class,
              verified -> {
                assertThat(verified.attested().cosignatures()).isGreaterThanOrEqualTo(8);
                assertThat(verified.attested().cosignedSize()).isEqualTo(400);
                assertThat(verified.attested().cosignedAt())
                    .hasValue(Instant.ofEpochSecond(1_790_000_400));
              });
      // it stays in the log when there are newer ones
      try (var journal = open(AttestationSettings.NONE)) {
        record(journal, numbered(400));
      }
      assertThat(verify(List.of(one.vkey()), Optional.empty()))
          .isInstanceOfSatisfying(
              Verified.class,
              verified -> assertThat(verified.attested().cosignedSize()).isEqualTo(400));
    }
  }

  @Test
  void deadSlowRefusingAndLyingWitnessesDoNotStopTheJournalOrTheOthers() throws Exception {
    var all = new ArrayList<TestWitness>();
    try {
      for (var mood : TestWitness.Mood.values()) {
        all.add(new TestWitness(mood.name().toLowerCase(java.util.Locale.ROOT), vkey));
        all.getLast().mood = mood;
      }
      var settings = new ArrayList<WitnessSettings>();
      for (TestWitness witness : all) {
        settings.add(settings(witness));
      }
      var gone = new TestWitness("gone", vkey);
      settings.add(settings(gone));
      gone.close();
      try (var journal = open(witnesses(settings.toArray(WitnessSettings[]::new)))) {
        for (int i = 1; i < 300; i++) {
          record(journal, numbered(i));
        }
        eventually().until(() -> all.getFirst().size() == 300);
        eventually()
            .until(() ->
                failures("witness", "refused") > 0
                    && failures("witness", "invalid") > 1
                    && failures("witness", "unreachable") > 0);
        assertThat(journal.health().failure()).isEmpty();
        assertThat(journal.health().lost()).isZero();
      }
      var vkeys = new ArrayList<String>();
      for (TestWitness witness : all) {
        vkeys.add(witness.vkey());
      }
      // nothing that they said and did not sign was taken over
      assertThat(verify(vkeys, Optional.empty())).isInstanceOf(Verified.class);
    } finally {
      all.forEach(TestWitness::close);
    }
  }

  @Test
  void aJournalThatWasSetBackIsNoticedByTheWitness() throws Exception {
    try (var witness = new TestWitness("one.example", vkey)) {
      witness.hasSeen(5_000);
      try (var journal = open(witnesses(settings(witness)))) {
        record(journal, numbered(1));
        eventually().until(() -> failures("witness", "disagrees") > 0);
      }
      assertThat(witness.size()).isEqualTo(5_000);
    }
  }

  @Test
  void anAlteredCosignatureIsNamed() throws Exception {
    try (var witness = new TestWitness("one.example", vkey)) {
      try (var journal = open(witnesses(settings(witness)))) {
        record(journal, numbered(1));
        eventually().until(() -> Files.exists(directory.resolve("checkpoint.cosigned")));
      }
      Path cosigned = directory.resolve("checkpoint.cosigned");
      var checkpoint = Checkpoint.parse(Files.readString(cosigned)).orElseThrow();
      String line = checkpoint.signatures().getLast();
      char other = line.charAt(60) == 'A' ? 'B' : 'A';
      String altered = line.substring(0, 60) + other + line.substring(61);
      Files.writeString(cosigned, checkpoint.note().replace(line, altered));
      assertThat(verify(List.of(), Optional.empty())).isInstanceOf(Verified.class);
      assertThat(verify(List.of(witness.vkey()), Optional.empty()))
          .isInstanceOfSatisfying(
              Damaged.class, damaged -> assertThat(damaged.what()).isEqualTo(What.SIGNATURE));
    }
  }

  @Test
  void aKeyThatIsNoWitnesssIsRefusedAtTheStart() {
    assertThatThrownBy(
            () -> open(witnesses(new WitnessSettings(URI.create("http://127.0.0.1:1"), vkey))))
        .isInstanceOf(JournalException.class)
        .hasMessageContaining("Not a witness's verifier key");
  }

  @Test
  void checkpointsAreTimestampedAndTheTimeIsVerified() throws Exception {
    try (var authority = new TestAuthority();
        var stranger = new TestAuthority()) {
      try (var journal = open(stamped(authority.url()))) {
        record(journal, numbered(1));
        eventually().until(() -> TimestampFiles.exists(directory, 2));
      }
      Path anchors = authority.certificate(temporary);
      assertThat(verify(List.of(), Optional.of(anchors)))
          .isInstanceOfSatisfying(
              Verified.class,
              verified -> {
                assertThat(verified.attested().stampedAt()).hasValue(TestAuthority.TIME);
                assertThat(verified.attested().stampedSize()).isEqualTo(2);
                assertThat(verified.attested().anchored()).isTrue();
              });
      assertThat(verify(List.of(), Optional.empty()).text()).contains("whose authority is anyone");
      Path other = stranger.certificate(Files.createDirectory(temporary.resolve("other")));
      assertThat(verify(List.of(), Optional.of(other)))
          .isInstanceOfSatisfying(
              Damaged.class, damaged -> assertThat(damaged.file()).startsWith("timestamps/"));
      // one checkpoint's stamp under another's name
      Files.move(
          TimestampFiles.file(directory, 2),
          TimestampFiles.file(directory, 1),
          java.nio.file.StandardCopyOption.REPLACE_EXISTING);
      assertThat(verify(List.of(), Optional.of(anchors)))
          .isInstanceOfSatisfying(
              Damaged.class,
              damaged -> assertThat(damaged.text()).contains("it stamps something else"));
    }
  }

  @Test
  void noTimestampIsKeptThatProvesNothing() throws Exception {
    try (var authority = new TestAuthority()) {
      for (var mood :
          List.of(
              TestAuthority.Mood.LYING,
              TestAuthority.Mood.REJECTING,
              TestAuthority.Mood.NONSENSE)) {
        authority.mood = mood;
        double before = failures("timestamp", "invalid");
        try (var journal = open(stamped(authority.url()))) {
          record(journal, numbered(1));
          eventually().until(() -> failures("timestamp", "invalid") > before);
        }
      }
      assertThat(TimestampFiles.list(directory)).isEmpty();
    }
  }
}
