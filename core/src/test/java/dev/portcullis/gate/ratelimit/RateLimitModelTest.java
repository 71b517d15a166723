package dev.portcullis.gate.ratelimit;

import static dev.portcullis.gate.testing.Requests.request;
import static dev.portcullis.gate.testing.Requests.route;

import dev.portcullis.config.CredentialKind;
import dev.portcullis.config.GateLimits;
import dev.portcullis.config.LimitSettings;
import dev.portcullis.config.LimitSettings.LimitKey;
import dev.portcullis.gate.Control.Decision;
import dev.portcullis.identity.Principal;
import dev.portcullis.identity.testing.HandMovedClock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.quicktheories.WithQuickTheories;

/** The control and a model of a token bucket in exact integers decide alike, always. */
class RateLimitModelTest implements WithQuickTheories {
  /** Levels in tokens times nanoseconds of the period, so that nothing is ever rounded. */
  private static final class Model {
    private final long capacity;
    private final long period;
    private final Map<String, Long> levels = new HashMap<>();
    private final Map<String, Instant> seen = new HashMap<>();

    Model(long capacity, Duration period) {
      this.capacity = capacity;
      this.period = period.toNanos();
    }

    boolean take(Instant now, List<String> buckets) {
      for (String bucket : buckets) {
        long elapsed = Duration.between(seen.getOrDefault(bucket, now), now).toNanos();
        long level = levels.getOrDefault(bucket, capacity * period);
        levels.put(bucket, Math.min(capacity * period, level + elapsed * capacity));
        seen.put(bucket, now);
      }
      if (buckets.stream().anyMatch(bucket -> levels.getOrDefault(bucket, 0L) < period)) {
        return false;
      }
      buckets.forEach(bucket -> levels.merge(bucket, -period, Long::sum));
      return true;
    }
  }

  @Test
  void theControlDecidesLikeTheModelForAnyTraffic() {
    qt().withExamples(500)
        .forAll(
            integers().between(1, 7),
            integers().between(1, 5000),
            lists().of(integers().between(0, 1 << 20)).ofSizeBetween(1, 120))
        .check((capacity, periodMillis, steps) -> {
          var clock = new HandMovedClock();
          var control = new RateLimitControl(GateLimits.DEFAULT, clock);
          var period = Duration.ofMillis(periodMillis);
          var route =
              route(
                  "r",
                  Optional.of(new LimitSettings(capacity, period, Set.of(LimitKey.values()))),
                  Set.of());
          var model = new Model(capacity, period);
          for (int step : steps) {
            String credential = "key-" + step % 3;
            String source = "192.0.2." + step / 3 % 2;
            clock.advance(Duration.ofMillis(step / 6 % 8 * periodMillis / (4L * capacity)));
            var request = request(route, source);
            request.authenticated(new Principal(credential, "a", CredentialKind.API_KEY, Set.of()));
            boolean passes = control.decide(request) instanceof Decision.Pass;
            if (passes != model.take(clock.instant(), List.of(credential, source, "route"))) {
              return false;
            }
          }
          return true;
        });
  }
}
