package dev.portcullis.journal;

import static dev.portcullis.journal.TestJournals.NEVER;
import static dev.portcullis.journal.TestJournals.append;
import static dev.portcullis.journal.TestJournals.numbered;
import static dev.portcullis.journal.TestJournals.open;
import static dev.portcullis.journal.TestJournals.readAll;
import static dev.portcullis.journal.TestJournals.record;
import static dev.portcullis.journal.TestJournals.settings;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.portcullis.config.JournalSettings;
import dev.portcullis.crypto.Keyring;
import dev.portcullis.crypto.SigningKey;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 5, unit = TimeUnit.MINUTES)
class FileJournalTest {
  private static final JournalSettings SMALL = settings(4_096, Duration.ofMillis(10));

  @TempDir Path temporary;

  @Test
  void whatIsAppendedIsReadBackInOrderAlsoAfterAReopening() throws Exception {
    Path directory = temporary.resolve("journal");
    var random = new Random(7);
    var written = new ArrayList<Exchange>();
    for (int round = 0; round < 3; round++) {
      try (var journal = open(directory, SMALL)) {
        assertThat(journal.end()).isEqualTo(written.size());
        for (int i = 0; i < 200; i++) {
          Exchange exchange = TestJournals.random(random);
          assertThat(record(journal, exchange)).isEqualTo(written.size());
          written.add(exchange);
        }
        assertThat(readAll(journal, 0)).isEqualTo(written);
        assertThat(readAll(journal, 333L * round / 2)).hasSize(written.size() - 333 * round / 2);
      }
    }
    assertThat(SegmentPaths.list(directory)).hasSizeGreaterThan(5);
    assertThat(JournalVerifier.verify(directory, Optional.empty()))
        .isInstanceOfSatisfying(
            Verification.Verified.class,
            verified -> {
              assertThat(verified.exchanges()).isEqualTo(written.size());
              assertThat(verified.unsigned()).isZero();
              assertThat(verified.gaps()).isEmpty();
            });
  }

  @Test
  void aFollowerSeesEveryExchangeOnceWhileManyWrite() throws Exception {
    try (var journal = open(temporary.resolve("journal"), settings(1 << 20, NEVER))) {
      int producers = 3;
      int each = 20_000;
      var all = new ArrayList<CompletableFuture<Void>>();
      for (int p = 0; p < producers; p++) {
        long base = (long) p * each;
        all.add(
            CompletableFuture.runAsync(() -> {
              var last = new ArrayList<CompletableFuture<Long>>();
              for (int i = 0; i < each; i++) {
                last.add(append(journal, numbered(base + i), Journal.Durability.WRITTEN));
                if (last.size() == 500) {
                  CompletableFuture.allOf(last.toArray(CompletableFuture[]::new)).join();
                  last.clear();
                }
              }
            }));
      }
      long next = 0;
      var seen = new java.util.BitSet();
      while (next < (long) producers * each) {
        assertThat(journal.awaitBeyond(next, Duration.ofSeconds(60))).isTrue();
        try (var reader = journal.read(next)) {
          while (reader.hasNext()) {
            JournalEntry entry = reader.next();
            assertThat(entry.sequence()).isEqualTo(next++);
            int number = (int) TestJournals.numberOf(entry.exchange());
            assertThat(seen.get(number)).isFalse();
            seen.set(number);
          }
        }
      }
      CompletableFuture.allOf(all.toArray(CompletableFuture[]::new)).join();
      assertThat(seen.cardinality()).isEqualTo(producers * each);
      assertThat(journal.awaitBeyond(next, Duration.ofMillis(1))).isFalse();
    }
  }

  @Test
  void aSecondOpenerIsToldThatItIsInUse() {
    Path directory = temporary.resolve("journal");
    try (var _ = open(directory, SMALL)) {
      assertThatThrownBy(() -> open(directory, SMALL))
          .isInstanceOf(JournalException.class)
          .hasMessageContaining("in use")
          .hasMessageContaining(directory.toString());
    }
    open(directory, SMALL).close();
  }

  @Test
  void aFullQueueSaysSoAtOnceAndTheLossIsRecorded() throws Exception {
    Path directory = temporary.resolve("journal");
    var disk = new FaultyDisk(new Random(1));
    var settings = new JournalSettings(Duration.ofMillis(1), 1 << 20, 4, NEVER);
    try (var journal = open(directory, settings, disk)) {
      disk.writes = new CountDownLatch(1);
      var told = new ArrayList<CompletableFuture<Long>>();
      var first = append(journal, numbered(0), Journal.Durability.WRITTEN);
      await().atMost(Duration.ofSeconds(60)).until(() -> journal.health().waiting() == 0);
      for (int i = 1; i <= 7; i++) {
        told.add(append(journal, numbered(i), Journal.Durability.WRITTEN));
      }
      assertThat(told.subList(4, 7))
          .allSatisfy(lost ->
              assertThatThrownBy(() -> lost.get(60, TimeUnit.SECONDS))
                  .hasMessageContaining("journal-full"));
      assertThat(journal.health().lost()).isEqualTo(3);
      disk.writes.countDown();
      assertThat(first.get(60, TimeUnit.SECONDS)).isZero();
      assertThat(told.get(3).get(60, TimeUnit.SECONDS)).isEqualTo(4);
    }
    var verified = (Verification.Verified) JournalVerifier.verify(directory, Optional.empty());
    assertThat(verified.gaps())
        .containsExactly(new Gap(3, numbered(5).at(), numbered(7).at(), "journal-full"));
    assertThat(verified.exchanges()).isEqualTo(5);
    assertThat(verified.size()).isEqualTo(6);
  }

  @Test
  void theSyncedReceiptWaitsForTheDiskAndTheWrittenOneDoesNot() throws Exception {
    var disk = new FaultyDisk(new Random(1));
    try (var journal = open(temporary.resolve("journal"), settings(1 << 20, NEVER), disk)) {
      disk.fsyncs = new CountDownLatch(1);
      var synced = append(journal, numbered(0), Journal.Durability.SYNCED);
      for (int i = 1; i < 50; i++) {
        assertThat(record(journal, numbered(i))).isEqualTo(i);
      }
      assertThat(synced).isNotDone();
      disk.fsyncs.countDown();
      assertThat(synced.get(60, TimeUnit.SECONDS)).isZero();
    }
  }

  @Test
  void afterTheEndNothingIsRecordedAndWhatWasHandedOverIs() throws Exception {
    Path directory = temporary.resolve("journal");
    var journal = open(directory, SMALL);
    var told = new ArrayList<CompletableFuture<Long>>();
    for (int i = 0; i < 1_000; i++) {
      told.add(
          append(
              journal,
              numbered(i),
              i % 2 == 0 ? Journal.Durability.SYNCED : Journal.Durability.WRITTEN));
    }
    journal.close();
    journal.close();
    for (int i = 0; i < 1_000; i++) {
      assertThat(told.get(i).getNow(-1L)).isEqualTo(i);
    }
    assertThatThrownBy(() -> record(journal, numbered(0))).hasMessageContaining("closed");
    assertThat(journal.awaitBeyond(5_000, Duration.ofSeconds(60))).isFalse();
  }

  @Test
  void theCheckpointIsANoteThatOthersCanVerify() throws Exception {
    Path directory = temporary.resolve("journal");
    try (var journal = open(directory, SMALL)) {
      record(journal, numbered(1));
      await()
          .atMost(Duration.ofSeconds(60))
          .until(() -> Files.exists(directory.resolve("checkpoint")));
    }
    String note = Files.readString(directory.resolve("checkpoint"));
    List<String> lines = note.lines().toList();
    assertThat(lines).hasSize(5);
    assertThat(lines.subList(0, 2)).containsExactly(TestJournals.ORIGIN, "1");
    assertThat(lines.get(3)).isEmpty();
    assertThat(lines.get(4)).startsWith("\u2014 " + TestJournals.ORIGIN + " ");
    byte[] signature =
        Base64.getDecoder().decode(lines.get(4).substring(lines.get(4).lastIndexOf(' ') + 1));
    byte[] key = Keyring.open(temporary.resolve("keys")).signingKey("journal").publicKey();
    String signed = String.join("\n", lines.subList(0, 3)) + "\n";
    assertThat(
            SigningKey.verify(
                key,
                signed.getBytes(StandardCharsets.UTF_8),
                java.util.Arrays.copyOfRange(signature, 4, signature.length)))
        .isTrue();
    assertThat(Files.readString(directory.resolve("checkpoints.log"))).isEqualTo(note + "\n");
    assertThat(Files.readString(directory.resolve("journal.pub")))
        .startsWith(TestJournals.ORIGIN + "+");
  }

  @Test
  void theNoteFormatIsThatOfTheReferenceImplementation() {
    // the example of the Go project's golang.org/x/mod/sumdb/note
    var key =
        VerifierKey.parse("PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW");
    String text =
        """
        If you think cryptography is the answer to your problem,
        then you don't know what your problem is.
        """;
    byte[] signature =
        Base64.getDecoder()
            .decode(
                "x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=");
    assertThat(key.verify(text.getBytes(StandardCharsets.UTF_8), signature)).isTrue();
  }

  @Test
  void damageInTheMiddleIsRefusedWithTheWayOut() throws Exception {
    Path directory = filled(50, 1 << 20);
    Path segment = SegmentPaths.list(directory).getFirst();
    flip(segment, Files.size(segment) / 2);
    byte[] before = Files.readAllBytes(segment);
    assertThatThrownBy(() -> open(directory, SMALL))
        .isInstanceOf(JournalException.class)
        .hasMessageContaining(segment.toString())
        .hasMessageContaining("sequence 2")
        .hasMessageContaining("portcullis journal verify " + directory);
    assertThat(Files.readAllBytes(segment)).isEqualTo(before);
  }

  @Test
  void anEndThatWasSignedIsNeverCutOff() throws Exception {
    Path directory = filled(10, 1 << 20);
    Path segment = SegmentPaths.list(directory).getFirst();
    flip(segment, Files.size(segment) - 3);
    assertThatThrownBy(() -> open(directory, SMALL))
        .isInstanceOf(JournalException.class)
        .hasMessageContaining("signed");
  }

  @Test
  void aMissingSegmentIsRefused() throws Exception {
    Path directory = filled(200, 4_096);
    Path second = SegmentPaths.list(directory).get(1);
    Files.delete(second);
    assertThatThrownBy(() -> open(directory, SMALL))
        .isInstanceOf(JournalException.class)
        .hasMessageContaining("missing");
  }

  @Test
  void anotherKeyIsRefused() throws Exception {
    Path directory = filled(1, 4_096);
    Files.delete(temporary.resolve("keys/journal.ed25519.pem"));
    assertThatThrownBy(() -> open(directory, SMALL))
        .isInstanceOf(JournalException.class)
        .hasMessageContaining("another key");
  }

  private Path filled(int exchanges, long segmentSize) throws Exception {
    Path directory = temporary.resolve("journal");
    try (var journal = open(directory, settings(segmentSize, NEVER))) {
      for (int i = 0; i < exchanges; i++) {
        record(journal, numbered(i));
      }
    }
    return directory;
  }

  private static void flip(Path file, long at) throws Exception {
    try (var access = new RandomAccessFile(file.toFile(), "rw")) {
      access.seek(at);
      int old = access.read();
      access.seek(at);
      access.write(old ^ 4);
    }
  }
}
