package dev.portcullis.journal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A segment as the verifier read it: what hash each record has, and what hash file says it had. In
 * memory 40 bytes a record, of one segment at a time.
 */
final class WalkedSegment {
  private final Path path;
  private final SegmentHeader header;
  private final byte[] stored;
  private final ByteSink hashes = new ByteSink(64 << 10);
  private final BitSet exchanges = new BitSet();
  private final List<Gap> gaps = new ArrayList<>();
  private final Map<Integer, String> keys = new HashMap<>();
  private long[] offsets = new long[1_024];
  private int count;
  private int firstBadChecksum = -1;
  private long lost;
  private RecordScanner.State end = RecordScanner.State.END;
  private long endOffset;
  private long fileSize;

  private WalkedSegment(Path path, SegmentHeader header, byte[] stored) {
    this.path = path;
    this.header = header;
    this.stored = stored;
  }

  /** The hashes are read first, so that a copy or a file still growing is never behind them. */
  static WalkedSegment read(Path path) throws IOException {
    byte[] stored = storedLeaves(path);
    try (var file = SegmentFile.openToRead(path)) {
      var walked = new WalkedSegment(path, SegmentHeader.read(file), stored);
      walked.walk(file);
      return walked;
    }
  }

  static byte[] storedLeaves(Path path) throws IOException {
    Path leaves = SegmentPaths.leaves(path);
    return Files.exists(leaves) ? Files.readAllBytes(leaves) : new byte[0];
  }

  private void walk(SegmentFile file) throws IOException {
    var scanner = new RecordScanner(file, header.length());
    var hash = new MerkleHash();
    byte[] leaf = new byte[MerkleHash.BYTES];
    end = scanner.next();
    while (end == RecordScanner.State.RECORD) {
      hash.leaf(scanner.bytes(), scanner.body(), scanner.bodyLength(), leaf, 0);
      hashes.put(leaf, 0, leaf.length);
      if (count == offsets.length) {
        offsets = Arrays.copyOf(offsets, 2 * count);
      }
      offsets[count] = scanner.offset();
      if (!scanner.isChecksumRight()) {
        firstBadChecksum = firstBadChecksum < 0 ? count : firstBadChecksum;
      } else if (scanner.type() == RecordFormat.GAP) {
        gap(scanner);
      } else if (scanner.type() == RecordFormat.KEY) {
        key(scanner);
      }
      exchanges.set(count, scanner.type() == RecordFormat.EXCHANGE);
      count++;
      end = scanner.next();
    }
    endOffset = scanner.offset();
    fileSize = file.size();
  }

  private void gap(RecordScanner scanner) {
    try {
      Gap gap = Gap.decode(scanner.bytes(), scanner.body() + 1, scanner.bodyLength() - 1);
      lost += gap.lost();
      if (gaps.size() < Verification.Verified.MAX_GAPS) {
        gaps.add(gap);
      }
    } catch (JournalException notAGap) {
      // its hash decides whether that is damage
    }
  }

  private void key(RecordScanner scanner) {
    int length = Math.min(scanner.bodyLength() - 1, NoteLog.MAX_NOTE_CHARS);
    keys.put(
        count, new String(scanner.bytes(), scanner.body() + 1, length, StandardCharsets.UTF_8));
  }

  /** What the record says, if it names a new key. */
  Optional<String> newKey(int record) {
    return Optional.ofNullable(keys.get(record));
  }

  Path path() {
    return path;
  }

  SegmentHeader header() {
    return header;
  }

  /** Records met, those with a wrong checksum among them. */
  int count() {
    return count;
  }

  int storedCount() {
    return stored.length / MerkleHash.BYTES;
  }

  byte[] hashes() {
    return hashes.array();
  }

  byte[] stored() {
    return stored;
  }

  List<Gap> gaps() {
    return gaps;
  }

  long lost() {
    return lost;
  }

  /** Where the walk ended, unless at the file's end. */
  RecordScanner.State end() {
    return end;
  }

  long tornBytesFrom(int record) {
    return fileSize - offset(record);
  }

  long offset(int record) {
    return record < count ? offsets[record] : endOffset;
  }

  boolean isExchange(int record) {
    return exchanges.get(record);
  }

  /** Exchanges before that record in this segment. */
  long exchangesBefore(int record) {
    return exchanges.get(0, Math.max(0, record)).cardinality();
  }

  boolean hasBadChecksum(int record) {
    return record == firstBadChecksum;
  }

  /** The first record that is not what it was; -1 if all are. */
  int firstDifference() {
    int both = Math.min(count, storedCount());
    int different =
        Arrays.mismatch(
            hashes.array(), 0, both * MerkleHash.BYTES, stored, 0, both * MerkleHash.BYTES);
    int first = different < 0 ? Integer.MAX_VALUE : different / MerkleHash.BYTES;
    if (firstBadChecksum >= 0) {
      first = Math.min(first, firstBadChecksum);
    }
    if (count < storedCount() || end != RecordScanner.State.END) {
      first = Math.min(first, count);
    }
    return first == Integer.MAX_VALUE ? -1 : first;
  }

  /** Where the record with that stored hash stands from that place on; -1 if nowhere. */
  int placeOfStored(int record, int from) {
    return find(stored, record, hashes.array(), from, count);
  }

  /** Where the record that now stands there once stood, from that place on; -1 if nowhere. */
  int formerPlace(int record, int from) {
    return find(hashes.array(), record, stored, from, storedCount());
  }

  private static int find(byte[] from, int wanted, byte[] in, int first, int end) {
    int at = wanted * MerkleHash.BYTES;
    for (int i = first; i < end; i++) {
      int there = i * MerkleHash.BYTES;
      if (Arrays.equals(from, at, at + MerkleHash.BYTES, in, there, there + MerkleHash.BYTES)) {
        return i;
      }
    }
    return -1;
  }
}
