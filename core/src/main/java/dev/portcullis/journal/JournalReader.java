package dev.portcullis.journal;

import java.util.Iterator;

/** Entries in order. Not thread-safe. Throws {@link JournalException} where the file is damaged. */
public interface JournalReader extends Iterator<JournalEntry>, AutoCloseable {
  @Override
  void close();
}
