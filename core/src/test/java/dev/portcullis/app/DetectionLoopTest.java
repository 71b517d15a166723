package dev.portcullis.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.portcullis.config.DetectorSettings;
import dev.portcullis.config.JournalSettings;
import dev.portcullis.crypto.Keyring;
import dev.portcullis.detect.Detection;
import dev.portcullis.detect.Signal;
import dev.portcullis.journal.Carried;
import dev.portcullis.journal.Client;
import dev.portcullis.journal.Exchange;
import dev.portcullis.journal.FileJournal;
import dev.portcullis.journal.Finding;
import dev.portcullis.journal.Journal;
import dev.portcullis.journal.Outcome;
import dev.portcullis.journal.SivPseudonyms;
import dev.portcullis.store.Store;
import dev.portcullis.telemetry.Traffic;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DetectionLoopTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");

  @TempDir Path directory;
  private Store store;
  private FileJournal journal;

  @BeforeEach
  void open() {
    store = Store.open(directory);
    journal =
        FileJournal.open(
            directory.resolve("journal"),
            JournalSettings.DEFAULT,
            Keyring.open(directory.resolve("keys")).signingKey("journal"),
            "test/journal",
            new SivPseudonyms(
                Keyring.open(directory.resolve("keys")).deterministicCipher("subjects")),
            InstantSource.system(),
            new SimpleMeterRegistry());
  }

  @AfterEach
  void close() {
    journal.close();
    store.close();
  }

  @Test
  void aSignalIsHandedOnAgainWhenItsAnswerFailed() throws Exception {
    var attempts = new AtomicInteger();
    var answered = new CopyOnWriteArrayList<String>();
    try (var loop =
        loop(signal -> {
          if (attempts.incrementAndGet() == 1) {
            throw new IllegalStateException("the store is busy");
          }
          answered.add(signal.id());
        })) {
      loop.start();
      record(attack("10.0.0.1"));
      await().atMost(PATIENCE).until(() -> !answered.isEmpty());
    }
    assertThat(answered).hasSize(1);
    assertThat(attempts).hasValue(2);
  }

  @Test
  void whatHadBeenHandedOnIsNotHandedOnAgainAfterARestart() throws Exception {
    var before = new CopyOnWriteArrayList<String>();
    try (var loop = loop(signal -> before.add(signal.id()))) {
      loop.start();
      record(attack("10.0.0.1"));
      await().atMost(PATIENCE).until(() -> before.size() == 1);
    }
    // written while nobody looked
    record(attack("10.0.0.2"));
    var after = new CopyOnWriteArrayList<Signal>();
    try (var loop = loop(after::add)) {
      loop.start();
      await().atMost(PATIENCE).until(() -> !after.isEmpty());
      record(attack("10.0.0.3"));
      await().atMost(PATIENCE).until(() -> after.size() == 2);
    }
    assertThat(after)
        .extracting(signal -> signal.principals().source().orElse(""))
        .containsExactly("10.0.0.2", "10.0.0.3");
  }

  private DetectionLoop loop(Consumer<Signal> signals) {
    return new DetectionLoop(
        journal, new Detection(DetectorSettings.DEFAULT), new Traffic(), store, signals);
  }

  private void record(Exchange exchange) throws Exception {
    var recorded = new CompletableFuture<Long>();
    journal.append(
        exchange,
        Journal.Durability.WRITTEN,
        new Journal.Receipt() {
          @Override
          public void recorded(long sequence) {
            recorded.complete(sequence);
          }

          @Override
          public void lost(String reason) {
            recorded.completeExceptionally(new IllegalStateException(reason));
          }
        });
    recorded.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
  }

  private static Exchange attack(String source) {
    return new Exchange(
        NOON,
        Duration.ofMillis(3),
        Optional.of("search"),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        source,
        Client.UNKNOWN,
        "GET",
        "/search",
        200,
        0,
        12,
        new Outcome.Forwarded(),
        List.of(new Finding("sql-union", "sql-injection", "query:q")),
        Carried.NOTHING,
        Carried.NOTHING);
  }
}
