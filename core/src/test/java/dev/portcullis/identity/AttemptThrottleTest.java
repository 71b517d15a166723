package dev.portcullis.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.identity.testing.HandMovedClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AttemptThrottleTest {
  private final HandMovedClock clock = new HandMovedClock();
  private final AttemptThrottle throttle = new AttemptThrottle(clock);

  private void fail(int times) {
    for (int i = 0; i < times; i++) {
      assertThat(throttle.begin("alice", "192.0.2.1")).isEmpty();
    }
  }

  @Test
  void aFewMistakesCostNothingAndThenEachCostsTwiceAsMuchUpToALimit() {
    fail(AttemptThrottle.FREE_FAILURES);
    var pauses = new ArrayList<Duration>();
    for (int i = 0; i < 13; i++) {
      Duration pause = throttle.pause("alice", "192.0.2.1").orElseThrow();
      pauses.add(pause);
      assertThat(throttle.begin("alice", "192.0.2.1")).contains(pause);
      clock.advance(pause);
      assertThat(throttle.begin("alice", "192.0.2.1")).isEmpty();
    }
    assertThat(pauses)
        .startsWith(Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(4))
        .endsWith(AttemptThrottle.LONGEST_PAUSE, AttemptThrottle.LONGEST_PAUSE);
  }

  @Test
  void theOwnerIsNotLockedOutFromElsewhere() {
    fail(AttemptThrottle.FREE_FAILURES);
    assertThat(throttle.pause("alice", "192.0.2.1")).isPresent();
    assertThat(throttle.pause("alice", "192.0.2.2")).isEmpty();
    assertThat(throttle.begin("alice", "192.0.2.2")).isEmpty();
    assertThat(throttle.begin("bob", "192.0.2.1")).isEmpty();
  }

  @Test
  void anotherAddressOfTheSameIpv6NetworkIsTheSameSource() {
    for (String end : List.of("1", "2", "3", "4", "5")) {
      assertThat(throttle.begin("alice", "2001:db8:1:2::" + end)).isEmpty();
    }
    assertThat(throttle.pause("alice", "2001:db8:1:2:ffff::9")).isPresent();
    assertThat(throttle.pause("alice", "2001:db8:1:3::1")).isEmpty();
    assertThat(SourcePrefix.of("::ffff:192.0.2.1")).isEqualTo("192.0.2.1");
    assertThat(SourcePrefix.of("not:an:address")).isEqualTo("not:an:address");
  }

  @Test
  void aSuccessForgetsTheFailures() {
    fail(AttemptThrottle.FREE_FAILURES - 1);
    throttle.succeeded("alice", "192.0.2.1");
    fail(AttemptThrottle.FREE_FAILURES);
    assertThat(throttle.pause("alice", "192.0.2.1")).isPresent();
  }

  @Test
  void anAttemptThatWasNeverMadeDoesNotCount() {
    fail(AttemptThrottle.FREE_FAILURES);
    throttle.abandoned("alice", "192.0.2.1");
    assertThat(throttle.pause("alice", "192.0.2.1")).isEmpty();
    fail(1);
    assertThat(throttle.pause("alice", "192.0.2.1")).isPresent();
  }

  @Test
  void anHourOfRestForgetsAll() {
    fail(AttemptThrottle.FREE_FAILURES);
    clock.advance(AttemptThrottle.MEMORY);
    fail(AttemptThrottle.FREE_FAILURES);
  }
}
