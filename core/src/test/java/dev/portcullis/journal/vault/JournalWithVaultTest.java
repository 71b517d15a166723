package dev.portcullis.journal.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.portcullis.crypto.Keyring;
import dev.portcullis.journal.Journal;
import dev.portcullis.journal.JournalVerifier;
import dev.portcullis.journal.Pseudonym;
import dev.portcullis.journal.Pseudonyms;
import dev.portcullis.journal.Revealed;
import dev.portcullis.journal.SivPseudonyms;
import dev.portcullis.journal.Verification;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalWithVaultTest {
  private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir Path directory;

  @Test
  void anErasureLeavesTheRecordAsItIsAndItsTreeWhole() throws Exception {
    try (var vault = Vaults.open(directory);
        var journal = Vaults.journal(directory, vault)) {
      Vaults.record(journal, about("anna"));
      Pseudonym anna = subject(journal, 0);
      assertThat(vault.reveal(anna)).isEqualTo(new Revealed.Known("anna"));
      assertThat(vault.erase("anna", Vaults.ORDER)).isPresent();
      Vaults.record(journal, about("anna"));
      assertThat(subject(journal, 0)).isEqualTo(anna);
      assertThat(subject(journal, 1)).isNotEqualTo(anna);
      assertThat(vault.reveal(anna)).isInstanceOf(Revealed.Erased.class);
      assertThat(vault.reveal(subject(journal, 1))).isEqualTo(new Revealed.Known("anna"));
    }
    assertThat(verified().exchanges()).isEqualTo(2);
  }

  @Test
  void aVaultThatCannotBeWrittenIsATroubleOfTheJournalAndNothingIsRecordedWithoutItsLink()
      throws Exception {
    var limits = new VaultLimits(100, 128, 1_000, 1L << 30, Duration.ofMillis(50));
    try (var vault = Vaults.open(directory, limits);
        var journal = Vaults.journal(directory, vault)) {
      Vaults.record(journal, about("anna"));
      try (var other = VaultFile.open(directory.resolve("vault.db"), limits)) {
        other.run("BEGIN IMMEDIATE");
        assertThatThrownBy(() -> Vaults.record(journal, about("berta")))
            .hasMessageContaining("disk-error");
        assertThat(journal.health().failure().orElse(""))
            .contains("vault.db")
            .doesNotContain("berta");
        assertThat(journal.end()).isEqualTo(1);
        other.run("ROLLBACK");
      }
      await().atMost(PATIENCE).until(() -> journal.health().failure().isEmpty());
      Vaults.record(journal, about("carla"));
      assertThat(vault.reveal(subject(journal, 1))).isEqualTo(new Revealed.Known("carla"));
      assertThat(vault.find("berta")).isEmpty();
    }
    assertThat(verified().lost()).isEqualTo(1);
    assertThat(verified().gaps())
        .singleElement()
        .satisfies(gap -> assertThat(gap.reason()).isEqualTo("disk-error"));
  }

  @Test
  void aFullVaultIsLoudAndWhatWasRecordedBeforeCanBeRevealed() throws Exception {
    var limits = new VaultLimits(100, 128, 1_000, 3 << 20, Duration.ofSeconds(1));
    try (var vault = Vaults.open(directory, limits);
        var journal = Vaults.journal(directory, vault)) {
      var reasons = new ArrayList<String>();
      for (int round = 0; reasons.isEmpty() && round < 200; round++) {
        var waiting = new ArrayList<java.util.concurrent.CompletableFuture<Long>>();
        for (int i = 0; i < 500; i++) {
          waiting.add(Vaults.append(journal, about("person-" + round + "-" + i)));
        }
        for (var each : waiting) {
          each.handle((sequence, e) -> e == null ? true : reasons.add(e.getMessage()))
              .get(60, TimeUnit.SECONDS);
        }
      }
      assertThat(reasons).isNotEmpty().containsOnly("disk-full");
      assertThat(journal.end()).isPositive();
      try (var reader = journal.read(0)) {
        while (reader.hasNext()) {
          Pseudonym subject = reader.next().exchange().subjects().getFirst();
          assertThat(vault.reveal(subject)).isInstanceOf(Revealed.Known.class);
        }
      }
    }
  }

  @Test
  void anExchangeThatCannotBeRecordedHoldsUpNoErasure() throws Exception {
    try (var vault = Vaults.open(directory);
        var journal = Vaults.journal(directory, vault)) {
      Vaults.record(journal, about("anna"));
      assertThatThrownBy(() -> Vaults.record(journal, new Broken()))
          .hasMessageContaining("unrecordable");
      assertThat(vault.erase("anna", Vaults.ORDER)).isPresent();
      assertThat(vault.find("berta")).isEmpty();
    }
  }

  /** Gives a pseudonym away, then fails. */
  private static final class Broken implements dev.portcullis.journal.Recording {
    @Override
    public Instant at() {
      return NOON;
    }

    @Override
    public dev.portcullis.journal.Exchange exchange(Pseudonyms pseudonyms) {
      throw new IllegalStateException("broken after " + pseudonyms.of("berta").value().length());
    }
  }

  @Test
  void aJournalBegunWithOneKeyForAllIsTakenOverAndTheKeyDestroyed() throws Exception {
    var keys = Keyring.open(directory.resolve("keys"));
    Pseudonym anna;
    var old = new SivPseudonyms(keys.deterministicCipher("subjects"));
    try (var journal = Vaults.journal(directory, old)) {
      for (String subject : List.of("anna", "berta", "anna")) {
        Vaults.record(journal, about(subject));
      }
      anna = subject(journal, 0);
    }
    try (var vault = Vaults.open(directory);
        var journal = Vaults.journal(directory, vault)) {
      SivAdoption.run(keys, journal, vault);
      assertThat(keys.hasDeterministicCipher("subjects")).isFalse();
      assertThat(vault.reveal(anna)).isEqualTo(new Revealed.Known("anna"));
      Vaults.record(journal, about("anna"));
      assertThat(subject(journal, 3)).as("one person before and after").isEqualTo(anna);
      Vaults.record(journal, about("carla"));
      assertThat(subject(journal, 4).value()).hasSize(11);
      assertThat(vault.erase("anna", Vaults.ORDER)).isPresent();
      assertThat(vault.reveal(anna)).isInstanceOf(Revealed.Erased.class);
      SivAdoption.run(keys, journal, vault);
      assertThat(vault.reveal(anna)).isInstanceOf(Revealed.Erased.class);
      assertThat(vault.reveal(subject(journal, 1))).isEqualTo(new Revealed.Known("berta"));
    }
    assertThat(verified().exchanges()).isEqualTo(5);
  }

  private static dev.portcullis.journal.Recording about(String subject) {
    return Vaults.about(NOON, "key-1", "192.0.2.1", subject);
  }

  private static Pseudonym subject(Journal journal, long sequence) {
    try (var reader = journal.read(sequence)) {
      return reader.next().exchange().subjects().getFirst();
    }
  }

  private Verification.Verified verified() throws Exception {
    var verification = JournalVerifier.verify(directory.resolve("journal"), Optional.empty());
    assertThat(verification).as(verification.text()).isInstanceOf(Verification.Verified.class);
    return (Verification.Verified) verification;
  }
}
