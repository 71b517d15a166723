package dev.portcullis.journal;

import java.util.Optional;
import java.util.OptionalLong;

/** One record as it stands in the journal: its bytes, and where it stands. */
public final class JournalRecord {
  private final long leaf;
  private final OptionalLong sequence;
  private final byte[] bytes;

  /**
   * A record that came from somewhere.
   *
   * @param leaf its place in the tree
   * @param sequence its number, where it is an exchange
   * @param bytes type and payload
   */
  public JournalRecord(long leaf, OptionalLong sequence, byte[] bytes) {
    this.leaf = leaf;
    this.sequence = sequence;
    this.bytes = bytes.clone();
  }

  /** Its place in the tree. */
  public long leaf() {
    return leaf;
  }

  /** Its number, where it is an exchange. */
  public OptionalLong sequence() {
    return sequence;
  }

  /** Type and payload: what its leaf hash is made of. */
  public byte[] bytes() {
    return bytes.clone();
  }

  /** 32 bytes. */
  public byte[] leafHash() {
    return ProofCheck.leafHash(bytes);
  }

  /**
   * What it says, if it is an exchange.
   *
   * @throws JournalException if it says nothing that can be read
   */
  public Optional<Exchange> exchange() {
    return is(RecordFormat.EXCHANGE)
        ? Optional.of(ExchangeCodec.decode(bytes, 1, bytes.length - 1))
        : Optional.empty();
  }

  /**
   * What it says, if it is a gap.
   *
   * @throws JournalException if it says nothing that can be read
   */
  public Optional<Gap> gap() {
    return is(RecordFormat.GAP)
        ? Optional.of(Gap.decode(bytes, 1, bytes.length - 1))
        : Optional.empty();
  }

  private boolean is(int type) {
    return bytes.length > 0 && bytes[0] == type;
  }
}
