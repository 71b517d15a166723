package dev.portcullis.journal;

import java.util.NoSuchElementException;
import java.util.Optional;

/** Of all entries those that are asked for. */
final class SelectingReader implements JournalReader {
  private final JournalReader all;
  private final Selection selection;
  private Optional<JournalEntry> next = Optional.empty();

  SelectingReader(JournalReader all, Selection selection) {
    this.all = all;
    this.selection = selection;
  }

  @Override
  public boolean hasNext() {
    while (next.isEmpty() && all.hasNext()) {
      next = Optional.of(all.next()).filter(selection::matches);
    }
    return next.isPresent();
  }

  @Override
  public JournalEntry next() {
    if (!hasNext()) {
      throw new NoSuchElementException("No entry is left (expected: hasNext() asked before)");
    }
    JournalEntry entry = next.orElseThrow();
    next = Optional.empty();
    return entry;
  }

  @Override
  public void close() {
    all.close();
  }
}
