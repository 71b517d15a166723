package dev.portcullis.journal;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Semaphore;

/** Appends until it is killed; prints number and sequence of each acknowledged exchange. */
final class CrashChild {
  static final int PRODUCERS = 2;

  private CrashChild() {}

  /** Arguments: the journal's directory, the first number. */
  public static void main(String[] arguments) throws Exception {
    long base = Long.parseLong(arguments[1]);
    var out = new FileOutputStream(FileDescriptor.out);
    var open = new Semaphore(400);
    var journal =
        TestJournals.open(
            Path.of(arguments[0]), TestJournals.settings(20_000, Duration.ofMillis(15)));
    for (int p = 0; p < PRODUCERS; p++) {
      long first = base + p;
      Thread.ofPlatform()
          .start(() -> {
            for (long number = first; ; number += PRODUCERS) {
              open.acquireUninterruptibly();
              append(journal, number, out, open);
            }
          });
    }
  }

  private static void append(Journal journal, long number, FileOutputStream out, Semaphore open) {
    journal.append(
        TestJournals.numbered(number),
        number % 5 == 0 ? Journal.Durability.SYNCED : Journal.Durability.WRITTEN,
        new Journal.Receipt() {
          @Override
          public void recorded(long sequence) {
            open.release();
            byte[] line = ByteBuffer.allocate(16).putLong(number).putLong(sequence).array();
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
            throw new IllegalStateException(reason);
          }
        });
  }
}
