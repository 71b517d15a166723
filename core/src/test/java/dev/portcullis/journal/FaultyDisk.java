package dev.portcullis.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.CountDownLatch;

/** A real disk that fails as it is told. */
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
  volatile Fault fault = Fault.NONE;

  /** Each write, and each fsync, waits for these. */
  volatile CountDownLatch writes = new CountDownLatch(0);

  volatile CountDownLatch fsyncs = new CountDownLatch(0);

  FaultyDisk(Random random) {
    this.random = random;
  }

  @Override
  public SegmentFile open(Path file) throws IOException {
    SegmentFile real = SegmentFile.open(file);
    return new SegmentFile() {
      @Override
      public int write(ByteBuffer source, long position) throws IOException {
        await(writes);
        Fault now = fault;
        if (now == Fault.NONE || now == Fault.FSYNC) {
          return real.write(source, position);
        }
        int part = Math.min(source.remaining(), random.nextInt(now == Fault.SHORT ? 20 : 300) + 1);
        ByteBuffer slice = source.slice(source.position(), part);
        int written = real.write(slice, position);
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
      }

      @Override
      public void force() throws IOException {
        await(fsyncs);
        if (fault == Fault.FSYNC) {
          throw new IOException("Input/output error");
        }
        real.force();
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
