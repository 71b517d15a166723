package dev.portcullis.recover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.quicktheories.QuickTheory.qt;
import static org.quicktheories.generators.SourceDSL.integers;
import static org.quicktheories.generators.SourceDSL.lists;
import static org.quicktheories.generators.SourceDSL.longs;

import dev.portcullis.config.Keep;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RetentionTest {
  private static final Instant MONDAY = Instant.parse("2026-11-23T00:30:00Z");

  @Test
  void theNewestOfEachPeriodStays() {
    List<Instant> hourly =
        IntStream.range(0, 24 * 60).mapToObj(h -> MONDAY.minus(Duration.ofHours(h))).toList();

    assertThat(Retention.kept(hourly, new Keep(1, 3, 0, 0, 0, 0)))
        .containsExactlyInAnyOrder(
            MONDAY, MONDAY.minus(Duration.ofHours(1)), MONDAY.minus(Duration.ofHours(2)));
    assertThat(Retention.kept(hourly, new Keep(1, 0, 2, 0, 0, 0)))
        .containsExactlyInAnyOrder(MONDAY, Instant.parse("2026-11-22T23:30:00Z"));
    assertThat(Retention.kept(hourly, new Keep(1, 0, 0, 3, 0, 0)))
        .containsExactlyInAnyOrder(
            MONDAY, Instant.parse("2026-11-22T23:30:00Z"), Instant.parse("2026-11-15T23:30:00Z"));
    assertThat(Retention.kept(hourly, new Keep(1, 0, 0, 0, 2, 0)))
        .containsExactlyInAnyOrder(MONDAY, Instant.parse("2026-10-31T23:30:00Z"));
  }

  @Test
  void whateverTheScheduleTheNewestStaysAndNoMoreThanItAllows() {
    qt().forAll(
            lists().of(longs().between(0, 4_000_000_000L)).ofSizeBetween(1, 60),
            integers().between(0, 5),
            integers().between(0, 5),
            integers().between(0, 5))
        .checkAssert((seconds, hourly, daily, monthly) -> {
          List<Instant> points = seconds.stream().map(Instant::ofEpochSecond).toList();
          var kept = Retention.kept(points, new Keep(1, hourly, daily, 0, monthly, 0));
          assertThat(points).containsAll(kept);
          assertThat(kept).contains(points.stream().max(Comparator.naturalOrder()).orElseThrow());
          assertThat(kept).hasSizeLessThanOrEqualTo(1 + hourly + daily + monthly);
        });
  }
}
