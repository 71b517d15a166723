package dev.portcullis.journal.archive;

import java.util.BitSet;

/**
 * Which exchanges of one file have outlived their period. Immutable.
 *
 * @param origin sequence that bit 0 stands for
 * @param sequences less the origin
 * @param records of the file in all
 */
public record Expired(long origin, BitSet sequences, long records) {
  /** A copy, so that nobody changes it. */
  public Expired {
    sequences = (BitSet) sequences.clone();
  }

  /** A copy. */
  @Override
  public BitSet sequences() {
    return (BitSet) sequences.clone();
  }

  /** Whether there are none. */
  public boolean isEmpty() {
    return sequences.isEmpty();
  }

  /** How many. */
  public long size() {
    return sequences.cardinality();
  }

  /** The first of them. */
  public long first() {
    return origin + Math.max(0, sequences.nextSetBit(0));
  }

  /** Whether that one is among them. */
  public boolean contains(long sequence) {
    return sequence >= origin
        && sequence - origin < sequences.length()
        && sequences.get(place(sequence));
  }

  /** Its bit. */
  public int place(long sequence) {
    return Math.toIntExact(sequence - origin);
  }

  /** Without those bits. */
  public Expired without(BitSet kept) {
    BitSet left = sequences();
    left.andNot(kept);
    return new Expired(origin, left, records);
  }
}
