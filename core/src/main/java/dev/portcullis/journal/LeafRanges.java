package dev.portcullis.journal;

import java.util.BitSet;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/**
 * Which records of a segment, compactly: for each run of them, varints of how many lie between the
 * last run and this one and of how many are in it, all that deflated (RFC 1951).
 */
final class LeafRanges {
  /** Inflated. A segment of records in alternation has two bytes a record. */
  private static final int MAX_BYTES = 64 << 20;

  private LeafRanges() {}

  static byte[] encode(BitSet records) {
    var runs = new ByteSink(64);
    int end = 0;
    for (int from = records.nextSetBit(0); from >= 0; from = records.nextSetBit(end)) {
      int next = records.nextClearBit(from);
      runs.putVarint(from - end);
      runs.putVarint(next - from);
      end = next;
    }
    var deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
    try {
      deflater.setInput(runs.array(), 0, runs.length());
      deflater.finish();
      var out = new ByteSink(64);
      byte[] buffer = new byte[8 << 10];
      while (!deflater.finished()) {
        out.put(buffer, 0, deflater.deflate(buffer));
      }
      return out.toBytes();
    } finally {
      deflater.end();
    }
  }

  static BitSet decode(byte[] bytes) {
    var inflater = new Inflater(true);
    try {
      // raw deflate wants a byte more than there is
      inflater.setInput(java.util.Arrays.copyOf(bytes, bytes.length + 1));
      var runs = new ByteSink(64);
      byte[] buffer = new byte[8 << 10];
      while (!inflater.finished()) {
        int count = inflater.inflate(buffer);
        if ((count == 0 && !inflater.finished()) || runs.length() + count > MAX_BYTES) {
          throw new JournalException("Ranges that do not end (expected: at most 64 MiB)");
        }
        runs.put(buffer, 0, count);
      }
      return records(new ByteSource(runs.array(), 0, runs.length()));
    } catch (DataFormatException e) {
      throw new JournalException("Ranges that are not deflated: " + e.getMessage(), e);
    } finally {
      inflater.end();
    }
  }

  private static BitSet records(ByteSource runs) {
    var records = new BitSet();
    long at = 0;
    while (runs.remaining() > 0) {
      long from = at + runs.getVarint();
      long to = from + runs.getVarint();
      if (from < at || to < from || to > Integer.MAX_VALUE) {
        throw new JournalException("Ranges beyond any segment (expected: ascending ones)");
      }
      records.set((int) from, (int) to);
      at = to;
    }
    return records;
  }
}
