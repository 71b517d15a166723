package dev.portcullis.journal;

import static dev.portcullis.journal.TestJournals.append;
import static dev.portcullis.journal.TestJournals.numbered;
import static dev.portcullis.journal.TestJournals.open;
import static dev.portcullis.journal.TestJournals.settings;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portcullis.journal.Verification.Damaged;
import dev.portcullis.journal.Verification.Damaged.What;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Somebody with access to the disk, but not to the key, rewrites history. */
class JournalVerifierTest {
  private static final int EXCHANGES = 240;
  private static final int ROUNDS = Integer.getInteger("verify.rounds", 150);

  @TempDir Path temporary;
  private Path original;
  private Path copy;
  private String vkey = "";

  /** A record as bytes with its frame; sequence -1 for a gap. */
  private static final class Frame {
    private final long sequence;
    private final byte[] bytes;

    Frame(long sequence, byte[] bytes) {
      this.sequence = sequence;
      this.bytes = bytes;
    }

    long sequence() {
      return sequence;
    }

    byte[] bytes() {
      return bytes;
    }
  }

  /** A segment taken apart. */
  private static final class Content {
    private final Path path;
    private final byte[] header;
    private final List<Frame> frames;

    Content(Path path, byte[] header, List<Frame> frames) {
      this.path = path;
      this.header = header;
      this.frames = frames;
    }

    Path path() {
      return path;
    }

    byte[] header() {
      return header;
    }

    List<Frame> frames() {
      return frames;
    }
  }

  @BeforeEach
  void aJournalOfSeveralSegmentsWithManyCheckpointsAndAGap() throws Exception {
    original = temporary.resolve("journal");
    copy = temporary.resolve("copy");
    var disk = new FaultyDisk(new Random(1));
    try (var journal = open(original, settings(4_000, Duration.ofMillis(1)), disk)) {
      for (int i = 0; i < EXCHANGES; i++) {
        if (i == EXCHANGES / 2) {
          disk.fault = FaultyDisk.Fault.FULL;
          append(journal, numbered(i), Journal.Durability.WRITTEN).exceptionally(_ -> 0L).join();
          disk.fault = FaultyDisk.Fault.NONE;
          org.awaitility.Awaitility.await()
              .atMost(Duration.ofSeconds(60))
              .until(() -> journal.health().failure().isEmpty());
        }
        var durability = i % 8 == 0 ? Journal.Durability.SYNCED : Journal.Durability.WRITTEN;
        append(journal, numbered(i), durability).get(60, TimeUnit.SECONDS);
      }
    }
    vkey = Files.readString(original.resolve("journal.pub"));
    restore();
  }

  private void restore() throws Exception {
    if (Files.exists(copy)) {
      try (var files = Files.walk(copy)) {
        files.filter(Files::isRegularFile).forEach(file -> file.toFile().delete());
      }
    }
    TestJournals.copy(original, copy);
  }

  @Test
  void anUntouchedJournalIsVerifiedFromACopyAndAKey() throws Exception {
    String checkpoint = Files.readString(copy.resolve("checkpoint"));
    assertThat(verify())
        .isInstanceOfSatisfying(
            Verification.Verified.class,
            verified -> {
              assertThat(verified.exchanges()).isEqualTo(EXCHANGES);
              assertThat(verified.size()).isEqualTo(EXCHANGES + 1);
              assertThat(verified.checkpoints()).isGreaterThan(2);
              assertThat(verified.gaps()).hasSize(1);
              assertThat(verified.unsigned()).isZero();
              assertThat(checkpoint).contains(verified.root());
            });
  }

  @Test
  void theFirstRecordThatWasAlteredTakenOutOrMovedIsNamed() throws Exception {
    var random = new Random(Long.getLong("verify.seed", 9));
    for (int round = 0; round < ROUNDS; round++) {
      restore();
      List<Content> contents = contents();
      int place = random.nextInt(contents.size());
      Content content = contents.get(place);
      List<Frame> frames = content.frames();
      int chosen = random.nextInt(frames.size());
      long sequence = sequenceAt(content, chosen);
      What expected;
      switch (random.nextInt(3)) {
        case 0 -> {
          alter(frames.get(chosen).bytes(), random);
          expected = What.ALTERED;
        }
        case 1 -> {
          frames.remove(chosen);
          boolean end = place == contents.size() - 1 && chosen == frames.size();
          expected = end ? What.TRUNCATED : What.MISSING;
        }
        default -> {
          int other = random.nextInt(frames.size());
          if (other == chosen) {
            continue;
          }
          Frame swapped = frames.set(other, frames.get(chosen));
          frames.set(chosen, swapped);
          sequence = sequenceOfOriginal(content.path(), Math.min(other, chosen));
          expected = What.REORDERED;
        }
      }
      write(content);
      Verification verification = verify();
      long wanted = sequence;
      assertThat(verification)
          .as("round %d: %s", round, verification.text())
          .isInstanceOfSatisfying(
              Damaged.class,
              damaged -> {
                assertThat(damaged.sequence()).as(damaged.text()).isEqualTo(wanted);
                assertThat(damaged.what()).as(damaged.text()).isEqualTo(expected);
                assertThat(damaged.file()).endsWith(content.path().getFileName().toString());
              });
    }
  }

  @Test
  void whoMendsTheHashFileTooIsCaughtByTheCheckpoints() throws Exception {
    var random = new Random(4);
    for (int round = 0; round < 20; round++) {
      restore();
      List<Content> contents = contents();
      Content content = contents.get(random.nextInt(contents.size()));
      int chosen = random.nextInt(content.frames().size());
      byte[] frame = content.frames().get(chosen).bytes();
      alter(frame, random);
      write(content);
      Path leaves = SegmentPaths.leaves(content.path());
      byte[] hashes = Files.readAllBytes(leaves);
      new MerkleHash().leaf(frame, 8, frame.length - 8, hashes, chosen * MerkleHash.BYTES);
      Files.write(leaves, hashes);
      long altered = sequenceOfOriginal(content.path(), chosen);
      Verification verification = verify();
      assertThat(verification)
          .as("round %d: %s", round, verification.text())
          .isInstanceOfSatisfying(
              Damaged.class,
              damaged -> {
                assertThat(damaged.what()).isEqualTo(What.CHECKPOINT_MISMATCH);
                assertThat(damaged.sequence()).isBetween(0L, altered);
              });
    }
  }

  @Test
  void aCutEndAMissingSegmentAndAForgedCheckpointAreNamed() throws Exception {
    List<Content> contents = contents();
    Content last = contents.getLast();
    long cut = last.frames().get(1).sequence();
    last.frames().subList(1, last.frames().size()).clear();
    write(last);
    Files.write(
        SegmentPaths.leaves(last.path()),
        Arrays.copyOf(Files.readAllBytes(SegmentPaths.leaves(last.path())), MerkleHash.BYTES));
    assertDamaged(What.TRUNCATED, cut);

    restore();
    Path second = SegmentPaths.list(copy).get(1);
    Files.delete(second);
    assertDamaged(What.MISSING, SegmentPaths.firstSequence(second));

    restore();
    Path log = copy.resolve("checkpoints.log");
    String notes = Files.readString(log);
    int size = notes.indexOf('\n') + 1;
    Files.writeString(log, notes.substring(0, size) + "9" + notes.substring(size));
    assertDamaged(What.SIGNATURE, -1);

    restore();
    Path leaves = SegmentPaths.leaves(second);
    byte[] hashes = Files.readAllBytes(leaves);
    hashes[5 * MerkleHash.BYTES] ^= 1;
    Files.write(leaves, hashes);
    assertThat(verify())
        .isInstanceOfSatisfying(
            Damaged.class, damaged -> assertThat(damaged.file()).endsWith(".leaves"));

    restore();
    Files.delete(leaves);
    assertThat(verify()).isInstanceOf(Verification.Verified.class);

    byte[] segment = Files.readAllBytes(second);
    int frontier = 40;
    segment[frontier] ^= 1;
    int header = ByteBuffer.wrap(segment).getInt(12);
    int crc = RecordFormat.checksum(segment, 0, header - 4, new CRC32C());
    ByteBuffer.wrap(segment).putInt(header - 4, crc);
    Files.write(second, segment);
    assertDamaged(What.ALTERED, SegmentPaths.firstSequence(second));
  }

  @Test
  void anotherKeyVerifiesNothingAndNoJournalIsSaidSo() {
    var other =
        new VerifierKey(
            TestJournals.ORIGIN,
            dev.portcullis.crypto.Keyring.open(temporary.resolve("other"))
                .signingKey("journal")
                .publicKey());
    assertThat(JournalVerifier.verify(copy, Optional.of(other.toString())))
        .isInstanceOfSatisfying(
            Damaged.class, damaged -> assertThat(damaged.what()).isEqualTo(What.SIGNATURE));
    assertThatThrownBy(() -> JournalVerifier.verify(temporary.resolve("none"), Optional.empty()))
        .isInstanceOf(JournalException.class)
        .hasMessageContaining("no journal");
    assertThatThrownBy(() -> JournalVerifier.verify(copy, Optional.of("nonsense")))
        .isInstanceOf(JournalException.class)
        .hasMessageContaining("expected");
  }

  private Verification verify() {
    return JournalVerifier.verify(copy, Optional.of(vkey));
  }

  private void assertDamaged(What what, long sequence) {
    Verification verification = verify();
    assertThat(verification)
        .as(verification.text())
        .isInstanceOfSatisfying(
            Damaged.class,
            damaged -> {
              assertThat(damaged.what()).isEqualTo(what);
              assertThat(damaged.sequence()).isEqualTo(sequence);
            });
  }

  private List<Content> contents() throws Exception {
    var contents = new ArrayList<Content>();
    for (Path path : SegmentPaths.list(copy)) {
      contents.add(content(path));
    }
    return contents;
  }

  private static Content content(Path path) throws Exception {
    try (var file = SegmentFile.openToRead(path)) {
      SegmentHeader header = SegmentHeader.read(file);
      long sequence = header.firstSequence();
      var frames = new ArrayList<Frame>();
      var scanner = new RecordScanner(file, header.length());
      while (scanner.next() == RecordScanner.State.RECORD) {
        byte[] bytes =
            Arrays.copyOfRange(
                scanner.bytes(), scanner.body() - 8, scanner.body() + scanner.bodyLength());
        boolean exchange = scanner.type() == RecordFormat.EXCHANGE;
        frames.add(new Frame(exchange ? sequence++ : -1, bytes));
      }
      return new Content(path, header.encode(), frames);
    }
  }

  /** Of the exchange there, or of the one after a gap. */
  private static long sequenceAt(Content content, int place) {
    for (Frame frame : content.frames().subList(place, content.frames().size())) {
      if (frame.sequence() >= 0) {
        return frame.sequence();
      }
    }
    return content.frames().getLast().sequence() + 1;
  }

  private long sequenceOfOriginal(Path inCopy, int place) throws Exception {
    return sequenceAt(
        content(SegmentPaths.directory(original).resolve(inCopy.getFileName())), place);
  }

  private static void alter(byte[] frame, Random random) {
    frame[8 + random.nextInt(frame.length - 8)] ^= (byte) (1 << random.nextInt(8));
    int crc = RecordFormat.checksum(frame, 8, frame.length - 8, new CRC32C());
    ByteBuffer.wrap(frame).putInt(4, crc);
  }

  private static void write(Content content) throws Exception {
    var out = new ByteArrayOutputStream();
    out.write(content.header());
    for (Frame frame : content.frames()) {
      out.write(frame.bytes());
    }
    Files.write(content.path(), out.toByteArray());
    assertThat(new String(content.header(), StandardCharsets.ISO_8859_1)).startsWith("PORTCULJ");
  }
}
