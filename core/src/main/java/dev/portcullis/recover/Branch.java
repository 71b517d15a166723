package dev.portcullis.recover;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * One reader's copy of a stream that several read at once. Who writes waits for the slowest; a
 * reader that has given up is passed by. The stream ends only when the writer says that it is
 * whole; otherwise reading fails, so that half is never taken for the whole.
 */
final class Branch extends InputStream {
  /** Chunks that wait for the reader. */
  private static final int WAITING = 16;

  private sealed interface Item {
    record Chunk(byte[] bytes) implements Item {}

    record End(Optional<String> failure) implements Item {}
  }

  private final BlockingQueue<Item> queue = new ArrayBlockingQueue<>(WAITING);
  private volatile boolean closed;
  private byte[] chunk = new byte[0];
  private int position;
  private Optional<Item.End> end = Optional.empty();

  /** Returns whether the reader still reads. */
  boolean write(byte[] bytes) throws IOException {
    return put(new Item.Chunk(bytes));
  }

  void end() throws IOException {
    put(new Item.End(Optional.empty()));
  }

  void fail(String why) throws IOException {
    put(new Item.End(Optional.of(why)));
  }

  private boolean put(Item item) throws IOException {
    try {
      while (!closed) {
        if (queue.offer(item, 1, TimeUnit.SECONDS)) {
          return true;
        }
      }
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("Interrupted", e);
    }
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    while (position == chunk.length && end.isEmpty()) {
      switch (take()) {
        case Item.Chunk(byte[] bytes) -> {
          chunk = bytes;
          position = 0;
        }
        case Item.End last -> end = Optional.of(last);
      }
    }
    if (position < chunk.length) {
      int count = Math.min(length, chunk.length - position);
      System.arraycopy(chunk, position, into, offset, count);
      position += count;
      return count;
    }
    Optional<String> failure = end.flatMap(Item.End::failure);
    if (failure.isPresent()) {
      throw new IOException(failure.get());
    }
    return -1;
  }

  private Item take() throws IOException {
    try {
      return queue.take();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("Interrupted", e);
    }
  }

  @Override
  public void close() {
    closed = true;
  }
}
