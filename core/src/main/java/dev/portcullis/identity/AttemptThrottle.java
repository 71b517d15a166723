package dev.portcullis.identity;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Slows down guessing of one name's password from one source, ever more with each failure. Another
 * source is not slowed, so that an attacker can't lock the owner out. Thread-safe, never blocks.
 *
 * <p>An attempt counts as failed from its beginning, so that a hundred guesses at once are no
 * cheaper than a hundred in a row.
 */
public final class AttemptThrottle {
  /** Failures that cost nothing: people mistype. */
  static final int FREE_FAILURES = 5;

  static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
  static final Duration LONGEST_PAUSE = Duration.ofMinutes(15);

  /** After so long without an attempt, all is forgotten. */
  static final Duration MEMORY = Duration.ofHours(1);

  /** Pairs of name and source that are remembered. */
  static final int KEPT = 50_000;

  private record Key(String name, String source) {}

  private record Failures(int count, Instant until) {}

  private final InstantSource clock;
  private final Cache<Key, Failures> kept;

  /** With nothing remembered. */
  public AttemptThrottle(InstantSource clock) {
    this.clock = clock;
    this.kept =
        Caffeine.newBuilder()
            .maximumSize(KEPT)
            .expireAfterWrite(MEMORY)
            .ticker(() -> ChronoUnit.NANOS.between(Instant.EPOCH, clock.instant()))
            .executor(Runnable::run)
            .build();
  }

  /** How long that name may not be tried from that source; empty: it may now. */
  public Optional<Duration> pause(String name, String source) {
    return Optional.ofNullable(kept.getIfPresent(new Key(name, SourcePrefix.of(source))))
        .map(failures -> Duration.between(clock.instant(), failures.until()))
        .filter(Duration::isPositive);
  }

  /**
   * An attempt begins and counts as failed until {@link #succeeded}; or it may not, for so long.
   */
  public Optional<Duration> begin(String name, String source) {
    Instant now = clock.instant();
    var mayBegin = new AtomicBoolean();
    var key = new Key(name, SourcePrefix.of(source));
    kept.asMap()
        .compute(
            key,
            (_, before) -> {
              if (before != null && now.isBefore(before.until())) {
                return before;
              }
              mayBegin.set(true);
              int count = before == null ? 1 : before.count() + 1;
              return new Failures(count, now.plus(pauseAfter(count)));
            });
    return mayBegin.get() ? Optional.empty() : pause(name, source);
  }

  /** The attempt was right: its failures are forgotten. */
  public void succeeded(String name, String source) {
    kept.invalidate(new Key(name, SourcePrefix.of(source)));
  }

  /** The attempt that began was never made: it does not count. */
  public void abandoned(String name, String source) {
    Instant now = clock.instant();
    kept.asMap()
        .computeIfPresent(
            new Key(name, SourcePrefix.of(source)),
            (_, failures) ->
                failures.count() <= 1 ? null : new Failures(failures.count() - 1, now));
  }

  private static Duration pauseAfter(int failures) {
    int over = failures - FREE_FAILURES;
    if (over < 0) {
      return Duration.ZERO;
    }
    // 2^10 s is beyond the longest pause already
    Duration doubled = FIRST_PAUSE.multipliedBy(1L << Math.min(over, 10));
    return doubled.compareTo(LONGEST_PAUSE) < 0 ? doubled : LONGEST_PAUSE;
  }
}
