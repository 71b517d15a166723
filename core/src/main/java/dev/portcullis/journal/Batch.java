package dev.portcullis.journal;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32C;

/** What is written at once: records as bytes, their leaf hashes, and who waits for them. */
final class Batch {
  private static final int MAX_EXCHANGES = 2_048;

  /** Reached, no further exchange is added; one exchange may exceed it. */
  private static final int MAX_BYTES = 1 << 20;

  private final CRC32C crc = new CRC32C();
  private final MerkleHash hash = new MerkleHash();
  private ByteSink frames = new ByteSink(MAX_BYTES + (64 << 10));
  private byte[] leaves = new byte[256 * MerkleHash.BYTES];
  private int records;
  private final Pseudonyms pseudonyms;
  private final List<Append> appends = new ArrayList<>(MAX_EXCHANGES);
  private final List<Exchange> exchanges = new ArrayList<>(MAX_EXCHANGES);
  private final int[] lengths = new int[MAX_EXCHANGES];
  private final List<Append> notes = new ArrayList<>();
  private List<Gap> gaps = List.of();

  Batch(Pseudonyms pseudonyms) {
    this.pseudonyms = pseudonyms;
  }

  void clear() {
    if (frames.array().length > 4 * MAX_BYTES) {
      frames = new ByteSink(MAX_BYTES + (64 << 10));
    }
    frames.cutTo(0);
    records = 0;
    appends.clear();
    exchanges.clear();
    notes.clear();
    gaps = List.of();
  }

  /** Gaps come first: what was lost was lost before. */
  void addGaps(List<Gap> taken) {
    gaps = taken;
    for (Gap gap : taken) {
      int start = RecordFormat.begin(frames, RecordFormat.GAP);
      gap.encode(frames);
      finish(start);
    }
  }

  /** That a new key signs from here on. */
  void addKey(KeyRotation rotation) {
    int start = RecordFormat.begin(frames, RecordFormat.KEY);
    byte[] note = rotation.note().getBytes(StandardCharsets.UTF_8);
    frames.put(note, 0, note.length);
    finish(start);
  }

  boolean hasRoom() {
    return appends.size() < MAX_EXCHANGES && frames.length() < MAX_BYTES;
  }

  /**
   * False, and as if never tried, when the format can't hold that exchange.
   *
   * @throws PseudonymsUnavailableException when its data subjects can't be given pseudonyms now: it
   *     shares the fate of the batch, of which nothing is recorded
   */
  boolean add(Append append) {
    int start = frames.length();
    if (append.recording() instanceof Note note) {
      RecordFormat.begin(frames, note.type());
      frames.put(note.payload(), 0, note.payload().length);
      finish(start);
      notes.add(append);
      return true;
    }
    Exchange exchange;
    try {
      exchange = append.recording().exchange(pseudonyms);
      RecordFormat.begin(frames, RecordFormat.EXCHANGE);
      ExchangeCodec.encode(exchange, frames);
    } catch (PseudonymsUnavailableException e) {
      appends.add(append);
      throw e;
    } catch (RuntimeException unencodable) {
      // a time out of range, or a broken exchange: it must not stop those behind it
      frames.cutTo(start);
      return false;
    }
    if (frames.length() - start - RecordFormat.FRAME_BYTES > RecordFormat.MAX_BODY_BYTES) {
      frames.cutTo(start);
      return false;
    }
    lengths[appends.size()] = finish(start);
    appends.add(append);
    exchanges.add(exchange);
    return true;
  }

  /** Makes the pseudonyms that were given durable, before any record tells them. */
  void link() {
    pseudonyms.commit();
  }

  /** Nothing of it is written: pseudonyms given for the first time are taken back. */
  void unlink() {
    pseudonyms.rollback();
  }

  private int finish(int start) {
    int length = RecordFormat.end(frames, start, crc);
    if (leaves.length < (records + 1) * MerkleHash.BYTES) {
      leaves = Arrays.copyOf(leaves, leaves.length * 2);
    }
    hash.leaf(
        frames.array(),
        start + RecordFormat.FRAME_BYTES,
        length,
        leaves,
        records * MerkleHash.BYTES);
    records++;
    return length;
  }

  ByteSink frames() {
    return frames;
  }

  byte[] leaves() {
    return leaves;
  }

  /** Exchanges and gaps. */
  int records() {
    return records;
  }

  List<Append> appends() {
    return appends;
  }

  /** What that append became. */
  Exchange exchange(int append) {
    return exchanges.get(append);
  }

  /** Bytes of that append's record. */
  int length(int append) {
    return lengths[append];
  }

  /** Records that are neither exchanges nor gaps. */
  List<Append> notes() {
    return notes;
  }

  List<Gap> gaps() {
    return gaps;
  }
}
