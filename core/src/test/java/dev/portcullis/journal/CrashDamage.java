package dev.portcullis.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Random;

/**
 * What a power cut does to a journal that a killed process left: anything may happen to bytes that
 * no fsync covered, and nothing to those before.
 */
final class CrashDamage {
  private static final int SECTOR = 512;

  private final Path segment;
  private final long from;
  private final long size;

  private CrashDamage(Path segment, long from, long size) {
    this.segment = segment;
    this.from = from;
    this.size = size;
  }

  static CrashDamage of(Path journal) throws IOException {
    Path last = SegmentPaths.list(journal).getLast();
    int header;
    try (var file = SegmentFile.openToRead(last)) {
      header = SegmentHeader.read(file).length();
    }
    long from = Math.max(header, SyncedPoint.read(journal, last));
    return new CrashDamage(last, from, Math.max(from, Files.size(last)));
  }

  /** Damages something. Returns the first byte that may be another one now. */
  long inflict(Random random) throws IOException {
    long at = from + (size > from ? random.nextLong(size - from) : 0);
    damageHashes(random);
    try (var file = FileChannel.open(segment, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      switch (random.nextInt(4)) {
        case 0 -> file.truncate(at);
        case 1 -> {
          if (size > from) {
            flip(file, at, random);
          }
        }
        case 2 -> {
          // a sector that did not reach the disk before those behind it
          at = Math.max(from, at / SECTOR * SECTOR);
          int length = (int) Math.min(SECTOR, size - at);
          file.write(ByteBuffer.allocate(length), at);
        }
        default -> {
          byte[] garbage = new byte[1 + random.nextInt(2_000)];
          random.nextBytes(garbage);
          file.write(ByteBuffer.wrap(garbage), size);
          at = size;
        }
      }
    }
    return at;
  }

  private static void flip(FileChannel file, long at, Random random) throws IOException {
    var one = ByteBuffer.allocate(1);
    file.read(one, at);
    one.put(0, (byte) (one.get(0) ^ 1 << random.nextInt(8))).rewind();
    file.write(one, at);
  }

  private void damageHashes(Random random) throws IOException {
    Path leaves = SegmentPaths.leaves(segment);
    byte[] hashes = Files.exists(leaves) ? Files.readAllBytes(leaves) : new byte[0];
    switch (random.nextInt(3)) {
      case 0 ->
          Files.write(leaves, java.util.Arrays.copyOf(hashes, random.nextInt(hashes.length + 1)));
      case 1 -> {
        int from = random.nextInt(hashes.length / MerkleHash.BYTES + 1) * MerkleHash.BYTES;
        java.util.Arrays.fill(hashes, from, hashes.length, (byte) 0);
        Files.write(leaves, hashes);
      }
      default -> {}
    }
  }

  /** How many exchanges there are before that byte. */
  long exchangesBefore(long offset) throws IOException {
    try (var file = SegmentFile.openToRead(segment)) {
      var header = SegmentHeader.read(file);
      var scanner = new RecordScanner(file, header.length());
      long sequence = header.firstSequence();
      while (scanner.next() == RecordScanner.State.RECORD && scanner.isChecksumRight()) {
        if (scanner.offset() + RecordFormat.FRAME_BYTES + scanner.bodyLength() > offset) {
          break;
        }
        sequence += scanner.type() == RecordFormat.EXCHANGE ? 1 : 0;
      }
      return sequence;
    }
  }
}
