package dev.portcullis.journal;

import java.time.Duration;
import java.time.Instant;

/** The ordered record of every exchange. All methods may be called from any thread. */
public interface Journal extends AutoCloseable {

  /**
   * Hands over what becomes one exchange. Never blocks and never throws. The receipt is told
   * exactly once, on a thread of the journal, and must not block; those of one durability are
   * recorded in the order of appending. A full or closed journal tells it at once, on the caller's
   * thread.
   */
  void append(Recording recording, Durability durability, Receipt receipt);

  /** The sequence after the last one written: how many exchanges there are. */
  long end();

  /**
   * Waits until an entry at or after that sequence is written.
   *
   * @return false when the time ran out
   */
  boolean awaitBeyond(long sequence, Duration timeout) throws InterruptedException;

  /**
   * Reads written entries from that sequence on, up to the end as it is now; what retention has
   * removed is passed over. To be closed.
   */
  JournalReader read(long from);

  /**
   * Reads the written entries that the selection asks for, in order of sequence, up to the end as
   * it is now. To be closed. A journal that has an index uses it; this one reads all.
   */
  default JournalReader select(Selection selection) {
    return new SelectingReader(read(0), selection);
  }

  /**
   * The first entry of that moment or later, among those from {@code low} to below {@code high}: by
   * halving, since entries lie in order of time but for the length of a request.
   */
  default long firstSince(Instant moment, long low, long high) {
    long from = low;
    long to = high;
    while (from < to) {
      long middle = from + (to - from) / 2;
      try (var reader = read(middle)) {
        if (reader.hasNext() && reader.next().exchange().at().isBefore(moment)) {
          from = middle + 1;
        } else {
          to = middle;
        }
      }
    }
    return from;
  }

  /** Whether it can record now, and what it has lost if not. */
  JournalHealth health();

  /** Makes all durable, signs a last checkpoint. */
  @Override
  void close();

  /** When the receipt comes. */
  enum Durability {
    /** When the operating system has it: survives the process. */
    WRITTEN,
    /** When the disk has it: survives a power cut. */
    SYNCED
  }

  /** What becomes of an appended exchange. */
  interface Receipt {
    /** It is recorded, as durable as asked. */
    void recorded(long sequence);

    /**
     * It is not recorded.
     *
     * @param reason {@code journal-full}, {@code disk-full}, {@code disk-error}, {@code closed}, or
     *     {@code unrecordable}: over 16 MiB
     */
    void lost(String reason);
  }
}
