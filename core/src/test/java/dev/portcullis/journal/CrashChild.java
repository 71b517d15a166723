package dev.portcullis.journal;

import dev.portcullis.crypto.Keyring;
import dev.portcullis.journal.FaultyDisk.Fault;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.LockSupport;

/**
 * Appends until it is killed; prints number, sequence and durability of each acknowledged exchange.
 * Its disk fails now and then, if it is told so.
 */
final class CrashChild {
  static final int PRODUCERS = 2;

  /** Bytes of an acknowledgement. */
  static final int ACK_BYTES = 8 + 8 + 1;

  private static final int OPEN = 400;

  private CrashChild() {}

  /** Arguments: the journal's directory, the first number, how many (0: without end), seed. */
  public static void main(String[] arguments) throws Exception {
    Path directory = Path.of(arguments[0]);
    long base = Long.parseLong(arguments[1]);
    long count = Long.parseLong(arguments[2]);
    long seed = Long.parseLong(arguments[3]);
    var out = new FileOutputStream(FileDescriptor.out);
    var disk = new FaultyDisk(new Random(seed));
    var journal = open(directory, seed == 0 ? SegmentFile::open : disk);
    var open = new Semaphore(OPEN);
    for (int p = 0; p < PRODUCERS; p++) {
      long first = base + p;
      Thread.ofPlatform()
          .daemon(count > 0)
          .start(() -> {
            for (long number = first; ; number += PRODUCERS) {
              open.acquireUninterruptibly();
              append(journal, number, out, open, seed != 0 || count > 0);
            }
          });
    }
    if (count > 0) {
      journal.awaitBeyond(count, Duration.ofSeconds(60));
      journal.close();
    } else if (seed != 0) {
      trouble(disk, new Random(seed));
    }
  }

  private static FileJournal open(Path directory, SegmentFile.Opener opener) {
    return FileJournal.open(
        directory,
        TestJournals.settings(20_000, Duration.ofMillis(15)),
        List.copyOf(Keyring.open(directory.resolveSibling("keys")).signingKeys("journal")),
        TestJournals.ORIGIN,
        NOBODY,
        InstantSource.system(),
        new SimpleMeterRegistry(),
        opener);
  }

  /** These exchanges have no subjects; and the library for real ones is slow to start. */
  private static final Pseudonyms NOBODY =
      new Pseudonyms() {
        @Override
        public Pseudonym of(String subject) {
          throw new IllegalStateException("nobody");
        }

        @Override
        public Revealed reveal(Pseudonym pseudonym) {
          throw new IllegalStateException("nobody");
        }
      };

  private static void trouble(FaultyDisk disk, Random random) {
    Fault[] faults = Fault.values();
    while (true) {
      LockSupport.parkNanos(random.nextInt(20_000_000));
      disk.fault = faults[random.nextInt(faults.length)];
      LockSupport.parkNanos(random.nextInt(5_000_000));
      disk.fault = Fault.NONE;
    }
  }

  private static void append(
      Journal journal, long number, FileOutputStream out, Semaphore open, boolean mayFail) {
    boolean synced = number % 5 == 0;
    journal.append(
        TestJournals.numbered(number),
        synced ? Journal.Durability.SYNCED : Journal.Durability.WRITTEN,
        new Journal.Receipt() {
          @Override
          public void recorded(long sequence) {
            open.release();
            byte[] line =
                ByteBuffer.allocate(ACK_BYTES)
                    .putLong(number)
                    .putLong(sequence)
                    .put((byte) (synced ? 1 : 0))
                    .array();
            try {
              synchronized (out) {
                out.write(line);
              }
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          }

          @Override
          public void lost(String reason) {
            open.release();
            if (!mayFail) {
              throw new IllegalStateException(reason);
            }
          }
        });
  }
}
