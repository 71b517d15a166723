package dev.portcullis.gate.ratelimit;

import static dev.portcullis.gate.testing.Requests.refusal;
import static dev.portcullis.gate.testing.Requests.request;
import static dev.portcullis.gate.testing.Requests.route;
import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.config.CredentialKind;
import dev.portcullis.config.GateLimits;
import dev.portcullis.config.LimitSettings;
import dev.portcullis.config.LimitSettings.LimitKey;
import dev.portcullis.config.RouteSettings;
import dev.portcullis.gate.Control.Decision;
import dev.portcullis.gate.GateRequest;
import dev.portcullis.identity.Principal;
import dev.portcullis.identity.testing.HandMovedClock;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RateLimitControlTest {
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final HandMovedClock clock = new HandMovedClock();
  private final RateLimitControl control = new RateLimitControl(GateLimits.DEFAULT, clock);

  private static RouteSettings limited(long requests, Duration period, LimitKey... by) {
    return route(
        "patients", Optional.of(new LimitSettings(requests, period, Set.of(by))), Set.of());
  }

  private static GateRequest from(RouteSettings route, String credential, String source) {
    var request = request(route, source);
    request.authenticated(new Principal(credential, "alice", CredentialKind.API_KEY, Set.of()));
    return request;
  }

  @Test
  void aRouteWithoutLimitPassesWithoutHeaders() {
    var request = request(route(), "192.0.2.1");
    assertThat(control.decide(request)).isEqualTo(Decision.PASS);
    assertThat(request.responseHeaders()).isEmpty();
  }

  @Test
  void anAnswerTellsTheQuotaAndWhatIsLeft() {
    var request = from(limited(600, MINUTE, LimitKey.CREDENTIAL), "key-1", "192.0.2.1");
    assertThat(control.decide(request)).isEqualTo(Decision.PASS);
    assertThat(request.responseHeaders())
        .containsEntry("RateLimit-Policy", "\"credential\";q=600;w=60")
        .containsEntry("RateLimit", "\"credential\";r=599;t=1");
  }

  @Test
  void whoHasUsedItUpIsToldWhenToComeBackAndThenServed() {
    var route = limited(2, MINUTE, LimitKey.CREDENTIAL);
    control.decide(from(route, "key-1", "192.0.2.1"));
    control.decide(from(route, "key-1", "192.0.2.1"));
    var refused = refusal(control, from(route, "key-1", "192.0.2.9"));
    assertThat(refused.status()).isEqualTo(429);
    assertThat(refused.control()).isEqualTo("rate-limit");
    assertThat(refused.reason()).isEqualTo("credential-limit");
    assertThat(refused.headers())
        .containsEntry("Retry-After", "30")
        .containsEntry("RateLimit-Policy", "\"credential\";q=2;w=60")
        .containsEntry("RateLimit", "\"credential\";r=0;t=60");
    assertThat(control.decide(from(route, "key-2", "192.0.2.1"))).isEqualTo(Decision.PASS);
    clock.advance(Duration.ofSeconds(30));
    assertThat(control.decide(from(route, "key-1", "192.0.2.1"))).isEqualTo(Decision.PASS);
    refusal(control, from(route, "key-1", "192.0.2.1"));
  }

  @Test
  void whenOneBucketRefusesTheOthersLoseNothing() {
    var route = limited(3, MINUTE, LimitKey.CREDENTIAL, LimitKey.ROUTE);
    for (int i = 0; i < 3; i++) {
      control.decide(from(route, "key-greedy", "192.0.2.1"));
    }
    for (int i = 0; i < 10; i++) {
      assertThat(refusal(control, from(route, "key-other", "192.0.2.2")).reason())
          .isEqualTo("route-limit");
    }
    clock.advance(Duration.ofSeconds(60));
    var served = from(route, "key-other", "192.0.2.2");
    assertThat(control.decide(served)).isEqualTo(Decision.PASS);
    assertThat(served.responseHeaders())
        .containsEntry("RateLimit-Policy", "\"credential\";q=3;w=60, \"route\";q=3;w=60")
        .containsEntry("RateLimit", "\"credential\";r=2;t=20, \"route\";r=2;t=20");
  }

  @Test
  void aSourceIsAWholeIpv6NetworkAndStandsForWhoeverIsAnonymous() {
    var bySource = limited(1, MINUTE, LimitKey.SOURCE);
    assertThat(control.decide(request(bySource, "2001:db8::1"))).isEqualTo(Decision.PASS);
    assertThat(refusal(control, request(bySource, "2001:db8::2")).reason())
        .isEqualTo("source-limit");
    assertThat(control.decide(request(bySource, "2001:db8:0:1::2"))).isEqualTo(Decision.PASS);
    var byCredential = limited(1, MINUTE, LimitKey.CREDENTIAL);
    assertThat(control.decide(request(byCredential, "192.0.2.1"))).isEqualTo(Decision.PASS);
    refusal(control, request(byCredential, "192.0.2.1"));
    assertThat(control.decide(request(byCredential, "192.0.2.2"))).isEqualTo(Decision.PASS);
  }

  @Test
  void aPeriodOfNoWholeSecondsHasNoWindowParameter() {
    var request =
        from(limited(5, Duration.ofMillis(500), LimitKey.CREDENTIAL), "key-1", "192.0.2.1");
    control.decide(request);
    assertThat(request.responseHeaders()).containsEntry("RateLimit-Policy", "\"credential\";q=5");
  }

  @Test
  void aMillionAttackersDoNotGrowTheMemory() {
    var limits = GateLimits.DEFAULT;
    var small =
        new RateLimitControl(
            new GateLimits(
                limits.requestLine(),
                limits.headers(),
                limits.headerTimeout(),
                limits.bodyTimeout(),
                limits.idleTimeout(),
                limits.connections(),
                limits.observedBody(),
                limits.inspectedBody(),
                1000),
            clock);
    var route = limited(10, MINUTE, LimitKey.SOURCE);
    for (int i = 0; i < 1_000_000; i++) {
      small.decide(request(route, "10." + (i >> 16) + "." + (i >> 8 & 255) + "." + (i & 255)));
    }
    assertThat(small.kept()).isLessThanOrEqualTo(1000);
  }
}
