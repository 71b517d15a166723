package dev.portcullis.journal;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoField;

/** Instants and durations as whole microseconds, rounded down. */
final class MicroTime {
  private static final long PER_SECOND = 1_000_000;
  private static final int NANOS = 1_000;

  private MicroTime() {}

  /** Throws {@link ArithmeticException} beyond 292,000 years from 1970. */
  static long micros(Instant at) {
    return Math.addExact(Math.multiplyExact(at.getEpochSecond(), PER_SECOND), at.getNano() / NANOS);
  }

  static long micros(Duration duration) {
    return Math.addExact(
        Math.multiplyExact(duration.getSeconds(), PER_SECOND), duration.getNano() / NANOS);
  }

  static Instant instant(long micros) {
    return Instant.ofEpochSecond(
        Math.floorDiv(micros, PER_SECOND), Math.floorMod(micros, PER_SECOND) * NANOS);
  }

  static Duration duration(long micros) {
    return Duration.ofSeconds(
        Math.floorDiv(micros, PER_SECOND), Math.floorMod(micros, PER_SECOND) * NANOS);
  }

  static boolean isWhole(Exchange exchange) {
    return exchange.at().get(ChronoField.NANO_OF_SECOND) % NANOS == 0
        && exchange.duration().toNanosPart() % NANOS == 0;
  }
}
