package dev.portcullis.journal.vault;

import com.github.benmanes.caffeine.cache.Cache;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.concurrent.TimeUnit;

/** What the vault measures; names begin with {@code portcullis.vault.}. */
final class VaultMeters implements AutoCloseable {
  private static final String PREFIX = "portcullis.vault.";

  private final MeterRegistry registry;
  private final Counter hits;
  private final Counter misses;
  private final Counter added;
  private final Counter erased;
  private final Timer commit;
  private final Gauge size;

  VaultMeters(MeterRegistry registry, Cache<?, ?> cache) {
    this.registry = registry;
    hits = registry.counter(PREFIX + "cache.hits");
    misses = registry.counter(PREFIX + "cache.misses");
    added = registry.counter(PREFIX + "added");
    erased = registry.counter(PREFIX + "erased");
    commit = registry.timer(PREFIX + "commit");
    size =
        Gauge.builder(PREFIX + "cache.size", cache, each -> (double) each.estimatedSize())
            .strongReference(true)
            .register(registry);
  }

  void looked(long hit, long missed) {
    hits.increment((double) hit);
    misses.increment((double) missed);
  }

  void committed(int subjects, long nanos) {
    added.increment(subjects);
    commit.record(nanos, TimeUnit.NANOSECONDS);
  }

  void erased() {
    erased.increment();
  }

  /** The gauge would keep the cache in memory. */
  @Override
  public void close() {
    registry.remove(size);
  }
}
