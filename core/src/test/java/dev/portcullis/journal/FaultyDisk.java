package dev.portcullis.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

/**
 * A real disk that fails as it is told, and remembers what a failed fsync would have lost: the
 * system forgets that those pages were to be written, and the next fsync does not mind.
 */
final class FaultyDisk implements SegmentFile.Opener {
  enum Fault {
    NONE,
    /** Takes a part, then says that it is full. */
    FULL,
    /** Takes a part, then fails. */
    BROKEN,
    /** Takes a part, fails, and won't cut it off again either. */
    STUCK,
    /** Takes a few bytes at a time. */
    SHORT,
    /** Takes all and fails to make it durable. */
    FSYNC
  }

  private final Random random;
  private final List<Cache> caches = new CopyOnWriteArrayList<>();
  volatile Fault fault = Fault.NONE;

  /** Each write, and each fsync, waits for these. */
  volatile CountDownLatch writes = new CountDownLatch(0);

  volatile CountDownLatch fsyncs = new CountDownLatch(0);

  FaultyDisk(Random random) {
    this.random = random;
  }

  /** Whether something was dropped by a failed fsync and not written again since. */
  boolean hasLost() {
    return caches.stream().anyMatch(Cache::hasLost);
  }

  /** Which bytes of a file are not on the disk yet, and which never will be. */
  private static final class Cache {
    private final BitSet dirty = new BitSet();
    private final BitSet lost = new BitSet();

    synchronized void written(long from, int length) {
      dirty.set((int) from, (int) from + length);
      lost.clear((int) from, (int) from + length);
    }

    synchronized void cut(long size) {
      dirty.clear((int) size, Math.max((int) size, dirty.length()));
      lost.clear((int) size, Math.max((int) size, lost.length()));
    }

    synchronized BitSet dirty() {
      return (BitSet) dirty.clone();
    }

    synchronized void forced(BitSet what, boolean success) {
      dirty.andNot(what);
      if (!success) {
        lost.or(what);
      }
    }

    synchronized boolean hasLost() {
      return !lost.isEmpty();
    }
  }

  @Override
  public SegmentFile open(Path file) throws IOException {
    SegmentFile real = SegmentFile.open(file);
    var cache = new Cache();
    caches.add(cache);
    return new SegmentFile() {
      @Override
      public int write(ByteBuffer source, long position) throws IOException {
        await(writes);
        Fault now = fault;
        if (now == Fault.NONE || now == Fault.FSYNC) {
          int all = real.write(source, position);
          cache.written(position, all);
          return all;
        }
        int part = Math.min(source.remaining(), random.nextInt(now == Fault.SHORT ? 20 : 300) + 1);
        ByteBuffer slice = source.slice(source.position(), part);
        int written = real.write(slice, position);
        cache.written(position, written);
        source.position(source.position() + written);
        if (now == Fault.SHORT) {
          return written;
        }
        throw new IOException(now == Fault.FULL ? "No space left on device" : "Input/output error");
      }

      @Override
      public int read(ByteBuffer target, long position) throws IOException {
        return real.read(target, position);
      }

      @Override
      public void truncate(long size) throws IOException {
        if (fault == Fault.STUCK) {
          throw new IOException("Input/output error");
        }
        real.truncate(size);
        cache.cut(size);
      }

      @Override
      public void force() throws IOException {
        await(fsyncs);
        BitSet what = cache.dirty();
        if (fault == Fault.FSYNC) {
          cache.forced(what, false);
          throw new IOException("Input/output error");
        }
        real.force();
        cache.forced(what, true);
      }

      @Override
      public long size() throws IOException {
        return real.size();
      }

      @Override
      public void close() throws IOException {
        real.close();
      }
    };
  }

  private static void await(CountDownLatch latch) throws IOException {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }
}
