package dev.portcullis.journal;

import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/** The newest entries, so that who follows the journal rarely reads the disk. */
final class RecentEntries {
  /** How many. */
  static final int LIMIT = 4_096;

  /** Larger records are left to the disk, which bounds the memory to 64 MiB of records. */
  static final int MAX_RECORD_BYTES = 16 << 10;

  private final AtomicReferenceArray<@Nullable JournalEntry> entries =
      new AtomicReferenceArray<>(LIMIT);

  /** By the writer alone, in order. */
  void put(JournalEntry entry, int recordBytes) {
    entries.setRelease(
        (int) (entry.sequence() % LIMIT), recordBytes <= MAX_RECORD_BYTES ? entry : null);
  }

  /** Those below that sequence, because they may have been removed from the disk. */
  void forgetBelow(long sequence) {
    for (int i = 0; i < LIMIT; i++) {
      JournalEntry entry = entries.getAcquire(i);
      if (entry != null && entry.sequence() < sequence) {
        // unless the writer has put another one there meanwhile
        entries.compareAndSet(i, entry, null);
      }
    }
  }

  /** Null when it is too old, too large or not there yet. */
  @Nullable JournalEntry get(long sequence) {
    JournalEntry entry = entries.getAcquire((int) (sequence % LIMIT));
    return entry != null && entry.sequence() == sequence ? entry : null;
  }
}
