package dev.portcullis.journal;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.function.Supplier;

/** Readers one after the other, each opened when its turn comes. */
final class JoinedReader implements JournalReader {
  private final Deque<Supplier<JournalReader>> waiting;
  private Optional<JournalReader> current = Optional.empty();

  JoinedReader(List<Supplier<JournalReader>> readers) {
    this.waiting = new ArrayDeque<>(readers);
  }

  @Override
  public boolean hasNext() {
    while (current.isEmpty() || !current.get().hasNext()) {
      close();
      if (waiting.isEmpty()) {
        return false;
      }
      current = Optional.of(waiting.remove().get());
    }
    return true;
  }

  @Override
  public JournalEntry next() {
    if (!hasNext()) {
      throw new NoSuchElementException("No entry is left (expected: hasNext() asked before)");
    }
    return current.orElseThrow().next();
  }

  @Override
  public void close() {
    current.ifPresent(JournalReader::close);
    current = Optional.empty();
  }
}
