package dev.portcullis.journal.vault;

import dev.portcullis.config.JournalSettings;
import dev.portcullis.crypto.Keyring;
import dev.portcullis.journal.Carried;
import dev.portcullis.journal.Client;
import dev.portcullis.journal.Exchange;
import dev.portcullis.journal.FileJournal;
import dev.portcullis.journal.Journal;
import dev.portcullis.journal.Observation;
import dev.portcullis.journal.Outcome;
import dev.portcullis.journal.Pseudonym;
import dev.portcullis.journal.Pseudonyms;
import dev.portcullis.journal.Recording;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Vaults, and journals that use them, for tests. */
public final class Vaults {
  static final Erasure.Order ORDER =
      new Erasure.Order("dora", "request of March", Optional.of("R-42"), Optional.empty());

  private Vaults() {}

  static SubjectVault open(Path directory) {
    return open(directory, VaultLimits.DEFAULT);
  }

  static SubjectVault open(Path directory, VaultLimits limits) {
    return SubjectVault.open(
        directory.resolve("vault.db"),
        Keyring.open(directory.resolve("keys")),
        InstantSource.system(),
        new SimpleMeterRegistry(),
        limits);
  }

  /** In {@code journal} of that directory. */
  public static FileJournal journal(Path directory, Pseudonyms pseudonyms) {
    return FileJournal.open(
        directory.resolve("journal"),
        new JournalSettings(Duration.ofMillis(2), 1 << 20, 8_192, Duration.ofMillis(50)),
        Keyring.open(directory.resolve("keys")).signingKey("journal"),
        "test/journal",
        pseudonyms,
        InstantSource.system(),
        new SimpleMeterRegistry());
  }

  /** A read of that subject's record, which its path names too. */
  public static Recording about(Instant at, String credential, String source, String subject) {
    return new Recording() {
      @Override
      public Instant at() {
        return at;
      }

      @Override
      public Exchange exchange(Pseudonyms pseudonyms) {
        Pseudonym pseudonym = pseudonyms.of(subject);
        return new Exchange(
            at,
            Duration.ofMillis(3),
            Optional.of("patients"),
            Optional.of(credential),
            Optional.of("northside"),
            Optional.empty(),
            source,
            Client.UNKNOWN,
            "GET",
            "/v1/patients/" + pseudonym,
            200,
            0,
            100,
            new Outcome.Forwarded(),
            List.of(),
            Carried.of(Set.of("health"), List.of(pseudonym), Observation.COMPLETE),
            Carried.NOTHING);
      }
    };
  }

  /** Appends, and tells the sequence, or fails with the reason. */
  public static CompletableFuture<Long> append(Journal journal, Recording recording) {
    var told = new CompletableFuture<Long>();
    journal.append(
        recording,
        Journal.Durability.WRITTEN,
        new Journal.Receipt() {
          @Override
          public void recorded(long sequence) {
            told.complete(sequence);
          }

          @Override
          public void lost(String reason) {
            told.completeExceptionally(new IllegalStateException(reason));
          }
        });
    return told;
  }

  /** Appends and waits. */
  public static long record(Journal journal, Recording recording) throws Exception {
    return append(journal, recording).get(60, TimeUnit.SECONDS);
  }
}
