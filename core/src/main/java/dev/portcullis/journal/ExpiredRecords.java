package dev.portcullis.journal;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Whether each record that an archive lacks is one that retention has said, in a signed record, to
 * remove. Ranges stay compressed until they are compared, one segment at a time.
 */
final class ExpiredRecords {
  /** Records missing from a segment, and the others in it that are no exchanges. */
  private record Missing(long segment, byte[] ranges, byte[] noExchanges) {}

  private final List<Missing> missing = new ArrayList<>();
  private final Map<Long, List<byte[]>> recorded = new HashMap<>();
  private long count;

  void missing(long segment, WalkedSegment walked) {
    if (!walked.missing().isEmpty()) {
      byte[] ranges = LeafRanges.encode(walked.missing());
      missing.add(new Missing(segment, ranges, LeafRanges.encode(walked.others())));
      count += walked.missing().cardinality();
    }
  }

  void recorded(Expiry expiry) {
    recorded.computeIfAbsent(expiry.segment(), _ -> new ArrayList<>()).add(expiry.ranges());
  }

  /** How many records are missing. */
  long count() {
    return count;
  }

  /**
   * A record that is missing without having expired.
   *
   * @param segment sequence that it begins with
   * @param sequence of the record
   * @param record its place in that segment
   * @param records how many such there are in it
   */
  record Unexplained(long segment, long sequence, int record, int records) {}

  Optional<Unexplained> unexplained() {
    for (Missing one : missing) {
      BitSet left = LeafRanges.decode(one.ranges());
      for (byte[] ranges : recorded.getOrDefault(one.segment(), List.of())) {
        left.andNot(LeafRanges.decode(ranges));
      }
      if (!left.isEmpty()) {
        int first = left.nextSetBit(0);
        int others = LeafRanges.decode(one.noExchanges()).get(0, first).cardinality();
        return Optional.of(
            new Unexplained(
                one.segment(), one.segment() + first - others, first, left.cardinality()));
      }
    }
    return Optional.empty();
  }
}
