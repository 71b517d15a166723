package dev.portcullis.journal;

import java.util.List;
import java.util.Optional;

/** Reads records of a journal and proves that they are in it. Not thread-safe. */
public interface RecordCursor extends AutoCloseable {
  /**
   * The record of that exchange; quickest if asked in ascending order. Empty if its segment is not
   * here any more. What it returns is not checked: {@link #inclusion} proves it.
   *
   * @throws JournalException if the segment is damaged before it
   */
  Optional<JournalRecord> exchange(long sequence);

  /**
   * The gaps, in order of their leaves.
   *
   * @param limit most that are read
   * @throws JournalException if a segment is damaged
   */
  List<JournalRecord> gaps(int limit);

  /**
   * The path from that leaf to the tree's root (RFC 6962 §2.1.1), 32 bytes each, the leaf's sibling
   * first.
   *
   * @throws JournalException if the tree has no such leaf, or hash files are damaged
   */
  List<byte[]> inclusion(long leaf);

  @Override
  void close();
}
