package dev.portcullis.identity.testing;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** Time that moves when the test says so. */
public final class HandMovedClock implements InstantSource {
  private volatile Instant now = Instant.parse("2026-03-01T12:00:00Z");

  @Override
  public Instant instant() {
    return now;
  }

  /** Time goes on. */
  public void advance(Duration by) {
    now = now.plus(by);
  }
}
