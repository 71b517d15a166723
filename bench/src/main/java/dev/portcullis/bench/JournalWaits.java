package dev.portcullis.bench;

import dev.portcullis.journal.Exchange;
import dev.portcullis.journal.Journal;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What waiting for the journal costs: requesters whose responses are released when their exchange
 * is on disk, beside the disk's own time for an fsync; and the hand-over alone, as an event loop
 * pays it.
 */
final class JournalWaits {
  private static final int REQUESTERS = 64;
  private static final int ROUNDS = 5;
  private static final int SYNCS = 200;
  private static final int SYNC_BYTES = REQUESTERS * 160;
  private static final int HAND_OVERS = 200_000;

  /** Hand-overs timed together: the clock itself takes some 25 ns. */
  private static final int GROUP = 16;

  private JournalWaits() {}

  /** Each requester has one exchange under way, as a connection has. */
  static void beforeResponse(Journal journal, Exchange exchange, Path directory, int exchanges)
      throws IOException, InterruptedException {
    for (int round = 0; round < ROUNDS; round++) {
      double sync = syncMicros(directory);
      long wall = System.nanoTime();
      requestAll(journal, exchange, exchanges / REQUESTERS);
      double rate = exchanges * 1e9 / (System.nanoTime() - wall);
      System.out.printf(
          "before-response, %d requesters, round %d: %,.0f exchanges/s; an fsync alone takes"
              + " %.0f us: %.1f exchanges in that time%n",
          REQUESTERS, round + 1, rate, sync, rate * sync / 1e6);
    }
  }

  private static void requestAll(Journal journal, Exchange exchange, int each)
      throws InterruptedException {
    var done = new CountDownLatch(REQUESTERS);
    for (int i = 0; i < REQUESTERS; i++) {
      new Requester(journal, exchange, done, each).next();
    }
    done.await();
  }

  /** Asks again when its receipt comes, on the thread that gives it, as an event loop would. */
  private static final class Requester implements Journal.Receipt {
    private final Journal journal;
    private final Exchange exchange;
    private final CountDownLatch done;
    private int left;

    Requester(Journal journal, Exchange exchange, CountDownLatch done, int left) {
      this.journal = journal;
      this.exchange = exchange;
      this.done = done;
      this.left = left;
    }

    void next() {
      if (left == 0) {
        done.countDown();
        return;
      }
      left--;
      journal.append(exchange, Journal.Durability.SYNCED, this);
    }

    @Override
    public void recorded(long sequence) {
      next();
    }

    @Override
    public void lost(String reason) {
      throw new IllegalStateException("lost: " + reason);
    }
  }

  /** Median of a write of what the requesters bring at once, and its fsync. */
  private static double syncMicros(Path directory) throws IOException {
    Path file = directory.resolve("fsync-probe");
    long[] nanos = new long[SYNCS];
    try (var channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      for (int i = 0; i < SYNCS; i++) {
        long begin = System.nanoTime();
        channel.write(ByteBuffer.allocate(SYNC_BYTES));
        channel.force(false);
        nanos[i] = System.nanoTime() - begin;
      }
    } finally {
      Files.deleteIfExists(file);
    }
    Arrays.sort(nanos);
    return nanos[SYNCS / 2] / 1e3;
  }

  /** One producer, paced so that the queue never fills: what a call of append takes. */
  static void handOver(Journal journal, Exchange exchange) {
    var recorded = new AtomicLong();
    var receipt =
        new Journal.Receipt() {
          @Override
          public void recorded(long sequence) {
            recorded.lazySet(recorded.get() + 1);
          }

          @Override
          public void lost(String reason) {
            throw new IllegalStateException("lost: " + reason);
          }
        };
    for (int round = 0; round < ROUNDS; round++) {
      List<Long> groups = new ArrayList<>(HAND_OVERS / GROUP);
      long before = recorded.get();
      for (int i = 0; i < HAND_OVERS / GROUP; i++) {
        long begin = System.nanoTime();
        for (int j = 0; j < GROUP; j++) {
          journal.append(exchange, Journal.Durability.WRITTEN, receipt);
        }
        groups.add((System.nanoTime() - begin) / GROUP);
        long due = before + (long) (i + 1) * GROUP;
        while (due - recorded.get() > 1_000) {
          Thread.onSpinWait();
        }
      }
      while (recorded.get() < before + HAND_OVERS) {
        Thread.onSpinWait();
      }
      groups.sort(null);
      System.out.printf(
          "hand-over, round %d: median %d ns, 90 %% under %d ns, mean %.0f ns%n",
          round + 1,
          groups.get(groups.size() / 2),
          groups.get(groups.size() * 9 / 10),
          groups.stream().mapToLong(Long::longValue).average().orElse(0));
    }
  }
}
