package dev.portcullis.recover;

import dev.portcullis.recover.engine.Cancellation;
import dev.portcullis.recover.engine.EngineException;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends what was received of a write-ahead log to one destination, as often as it changes. */
final class WalShipper implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(WalShipper.class);

  /** What newer sendings hold too is forgotten after so many. */
  static final int THINNED_EVERY = 100;

  private final String asset;
  private final WalSpool spool;
  private final Place place;
  private final Duration every;
  private final InstantSource clock;
  private final CountDownLatch stopped = new CountDownLatch(1);
  private final Cancellation cancellation = new Cancellation();
  private volatile Optional<String> trouble = Optional.empty();
  private int sentTimes;
  private Optional<WalSpool.State> sent = Optional.empty();

  WalShipper(String asset, WalSpool spool, Place place, Duration every, InstantSource clock) {
    this.asset = asset;
    this.spool = spool;
    this.place = place;
    this.every = every;
    this.clock = clock;
  }

  void start() {
    Thread.ofVirtual().name("wal-shipper-" + asset + "-" + place.name()).start(this::run);
  }

  Optional<String> trouble() {
    return trouble;
  }

  private void run() {
    try {
      while (!stopped.await(every.toMillis(), TimeUnit.MILLISECONDS)) {
        ship();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Sends what is new; where that fails, it is tried again the next time. */
  synchronized void ship() {
    try {
      WalSpool.State now = spool.state();
      Optional<Instant> base = spool.base();
      if (base.isEmpty() || sent.equals(Optional.of(now)) || now.files().isEmpty()) {
        return;
      }
      List<String> tags =
          Place.tags(
              asset,
              "wal",
              Map.of(
                  "base", Long.toString(base.get().toEpochMilli()),
                  "at", Long.toString(clock.instant().toEpochMilli())));
      spool.<EngineException>send(directory -> {
        place.restic().open();
        place.restic().backup(directory, List.of(), tags, progress -> {}, cancellation);
      });
      place.changed(asset);
      sent = Optional.of(now);
      if (++sentTimes % THINNED_EVERY == 0) {
        place.thinLogs(asset);
      }
      trouble = Optional.empty();
    } catch (EngineException | IOException e) {
      if (!cancellation.isCancelled()) {
        trouble =
            Optional.of(
                "The write-ahead log of "
                    + asset
                    + " does not reach "
                    + place.name()
                    + ": "
                    + e.getMessage());
        LOG.warn("{}", trouble.get());
      }
    }
  }

  @Override
  public void close() {
    stopped.countDown();
    cancellation.cancel();
  }
}
