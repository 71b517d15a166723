package dev.portcullis.journal;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * A bounded ring of many producers and one consumer, without locks. A producer claims a place by
 * moving the tail and then fills it; the consumer takes filled places in order and only then moves
 * the head, so that a place is never claimed before it was emptied.
 */
final class AppendQueue {
  private final AtomicReferenceArray<@Nullable Append> places;
  private final int mask;
  private final int capacity;
  private final AtomicLong head = new AtomicLong();
  private final AtomicLong tail = new AtomicLong();

  AppendQueue(int capacity) {
    int size = Integer.highestOneBit(Math.max(1, capacity - 1)) << 1;
    this.places = new AtomicReferenceArray<>(size);
    this.mask = size - 1;
    this.capacity = capacity;
  }

  /** False when it is full. */
  boolean offer(Append append) {
    long claimed;
    do {
      claimed = tail.get();
      if (claimed - head.get() >= capacity) {
        return false;
      }
    } while (!tail.compareAndSet(claimed, claimed + 1));
    // a full fence: the caller looks next whether the writer sleeps
    places.set((int) claimed & mask, append);
    return true;
  }

  /** The next one; null when there is none yet. By the consumer alone. */
  @Nullable Append poll() {
    long next = head.get();
    int place = (int) next & mask;
    Append append = places.getAcquire(place);
    if (append != null) {
      places.setRelease(place, null);
      head.setRelease(next + 1);
    }
    return append;
  }

  int size() {
    return (int) Math.max(0, tail.get() - head.get());
  }

  boolean isEmpty() {
    return tail.get() == head.get();
  }
}
