package dev.portcullis.journal;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;

/** What the journal measures; names begin with {@code portcullis.journal.}. */
final class JournalMeters implements AutoCloseable {
  private static final String PREFIX = "portcullis.journal.";

  private final MeterRegistry registry;
  private final Counter recorded;
  private final Counter tornBytes;
  private final Counter checkpointFailures;
  private final Counter archived;
  private final Counter archiveFailures;
  private final Counter expired;
  private final DistributionSummary batch;
  private final Timer fsync;
  private final LongAdder lost = new LongAdder();
  private final List<Meter> gauges = new ArrayList<>();

  JournalMeters(MeterRegistry registry) {
    this.registry = registry;
    recorded = registry.counter(PREFIX + "recorded");
    tornBytes = registry.counter(PREFIX + "torn.bytes");
    checkpointFailures = registry.counter(PREFIX + "checkpoint.failures");
    archived = registry.counter(PREFIX + "archived");
    archiveFailures = registry.counter(PREFIX + "archive.failures");
    expired = registry.counter(PREFIX + "expired");
    batch = registry.summary(PREFIX + "batch");
    fsync = registry.timer(PREFIX + "fsync");
  }

  /** Removed at the end, because it would keep the journal in memory. */
  void gauge(String name, Supplier<Number> value) {
    gauges.add(Gauge.builder(PREFIX + name, value).strongReference(true).register(registry));
  }

  void recorded(int exchanges) {
    recorded.increment(exchanges);
    batch.record(exchanges);
  }

  /** Reasons are a handful of constants. */
  void lost(String reason) {
    lost.increment();
    registry.counter(PREFIX + "lost", "reason", reason).increment();
  }

  long lost() {
    return lost.sum();
  }

  void torn(long bytes) {
    tornBytes.increment((double) bytes);
  }

  void cut(long records) {
    registry.counter(PREFIX + "cut.records").increment((double) records);
  }

  /** A witness or an authority has put its name under a checkpoint. */
  void attested(String kind) {
    registry.counter(PREFIX + "attestations", "kind", kind).increment();
  }

  /** Or it hasn't; reasons are a handful of constants. */
  void attestationFailed(String kind, String reason) {
    registry.counter(PREFIX + "attestation.failures", "kind", kind, "reason", reason).increment();
  }

  void fsync(long nanos) {
    fsync.record(nanos, TimeUnit.NANOSECONDS);
  }

  /** A segment that could not be archived, or a file that could not be rid of what has expired. */
  void archiveFailed() {
    archiveFailures.increment();
  }

  void archived(long records) {
    archived.increment((double) records);
  }

  void expired(long exchanges) {
    expired.increment((double) exchanges);
  }

  void checkpointFailed() {
    checkpointFailures.increment();
  }

  @Override
  public void close() {
    gauges.forEach(registry::remove);
  }
}
