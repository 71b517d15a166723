package dev.portcullis.gate.ratelimit;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import dev.portcullis.config.GateLimits;
import dev.portcullis.config.LimitSettings;
import dev.portcullis.config.LimitSettings.LimitKey;
import dev.portcullis.gate.Control;
import dev.portcullis.gate.GateRequest;
import dev.portcullis.gate.Refusal;
import dev.portcullis.identity.Principal;
import dev.portcullis.identity.SourcePrefix;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * How often: a token bucket for each credential, source or route, as the route's limit says. A
 * bucket that nobody touched for a whole period is full, so forgetting it then loses nothing; the
 * number of buckets is bounded by {@link GateLimits#limitedKeys}.
 */
public final class RateLimitControl implements Control {
  private static final LimitKey[] NARROW_TO_WIDE = {
    LimitKey.CREDENTIAL, LimitKey.SOURCE, LimitKey.ROUTE
  };

  /**
   * Caffeine leaves an entry's expiry as it was when an access would move it by less than a second;
   * without slack a bucket in use would be forgotten, and its successor is full.
   */
  private static final Duration EXPIRY_SLACK = Duration.ofSeconds(2);

  private record BucketKey(String route, LimitKey key, String who) {}

  private record Limited(LimitKey key, Bucket bucket, String policy, Duration period) {}

  private record Taken(Limited limited, ConsumptionProbe probe) {
    String state() {
      return RateLimitFields.state(
          limited.key(), probe.getRemainingTokens(), probe.getNanosToWaitForReset());
    }
  }

  private final Cache<BucketKey, Limited> buckets;
  private final TimeMeter time;

  /** With full buckets. */
  public RateLimitControl(GateLimits limits, InstantSource clock) {
    this.time = new InjectedTime(clock);
    this.buckets =
        Caffeine.newBuilder()
            .maximumSize(limits.limitedKeys())
            .expireAfter(
                Expiry.<BucketKey, Limited>accessing(
                    (_, limited) -> limited.period().plus(EXPIRY_SLACK)))
            .ticker(time::currentTimeNanos)
            .build();
  }

  @Override
  public String name() {
    return "rate-limit";
  }

  @Override
  public Decision decide(GateRequest request) {
    var limit = request.route().limit();
    return limit.isPresent() ? decide(request, limit.get()) : Decision.PASS;
  }

  /** Buckets in memory. */
  long kept() {
    buckets.cleanUp();
    return buckets.estimatedSize();
  }

  private Decision decide(GateRequest request, LimitSettings limit) {
    var taken = new ArrayList<Taken>(limit.by().size());
    for (LimitKey key : NARROW_TO_WIDE) {
      if (!limit.by().contains(key)) {
        continue;
      }
      Limited limited = limited(request, limit, key);
      var next = new Taken(limited, limited.bucket().tryConsumeAndReturnRemaining(1));
      if (!next.probe().isConsumed()) {
        // all or none: a request that one bucket refuses costs the others nothing
        taken.forEach(earlier -> earlier.limited().bucket().addTokens(1));
        return refuse(next);
      }
      taken.add(next);
    }
    request.responseHeaders().put(RateLimitFields.POLICY, joined(taken, t -> t.limited().policy()));
    request.responseHeaders().put(RateLimitFields.LIMIT, joined(taken, Taken::state));
    return Decision.PASS;
  }

  private Limited limited(GateRequest request, LimitSettings limit, LimitKey key) {
    String source = request.head().source();
    String who =
        switch (key) {
          // on an anonymous route the source is all that is known of the caller
          case CREDENTIAL ->
              request
                  .principal()
                  .map(Principal::credential)
                  .orElseGet(() -> SourcePrefix.of(source));
          case SOURCE -> SourcePrefix.of(source);
          case ROUTE -> "";
        };
    return buckets.get(
        new BucketKey(request.route().name(), key, who), _ -> newLimited(key, limit));
  }

  private Limited newLimited(LimitKey key, LimitSettings limit) {
    var bucket =
        Bucket.builder()
            .addLimit(bandwidth ->
                bandwidth.capacity(limit.requests()).refillGreedy(limit.requests(), limit.period()))
            .withCustomTimePrecision(time)
            .build();
    return new Limited(key, bucket, RateLimitFields.policy(key, limit), limit.period());
  }

  private Decision refuse(Taken refused) {
    var limited = refused.limited();
    long wait = Math.max(1, RateLimitFields.seconds(refused.probe().getNanosToWaitForRefill()));
    return new Decision.Refuse(
        new Refusal(
            name(),
            RateLimitFields.label(limited.key()) + "-limit",
            429,
            "Too Many Requests",
            Map.of(
                RateLimitFields.RETRY_AFTER, Long.toString(wait),
                RateLimitFields.POLICY, limited.policy(),
                RateLimitFields.LIMIT, refused.state())));
  }

  private static String joined(
      List<Taken> taken, java.util.function.Function<Taken, String> field) {
    return taken.size() == 1
        ? field.apply(taken.getFirst())
        : taken.stream().map(field).collect(Collectors.joining(", "));
  }

  /** Bucket4j's time from the injected clock. */
  private record InjectedTime(InstantSource clock) implements TimeMeter {
    @Override
    public long currentTimeNanos() {
      return ChronoUnit.NANOS.between(Instant.EPOCH, clock.instant());
    }

    @Override
    public boolean isWallClockBased() {
      return true;
    }
  }
}
