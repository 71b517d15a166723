package dev.portcullis.recover;

import dev.portcullis.config.Keep;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.IsoFields;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** Which recovery points the schedule keeps: grandfather, father, son. */
final class Retention {
  private Retention() {}

  /**
   * So many of the newest, and the newest of each of the so many newest hours, days, weeks, months
   * and years that have any.
   */
  static Set<Instant> kept(List<Instant> points, Keep keep) {
    List<Instant> newestFirst = points.stream().sorted(Comparator.reverseOrder()).toList();
    var kept = new HashSet<Instant>();
    newestFirst.stream().limit(Math.max(1, keep.last())).forEach(kept::add);
    newestOfEach(newestFirst, keep.hourly(), at -> at.toEpochSecond() / 3600, kept);
    newestOfEach(newestFirst, keep.daily(), at -> at.toLocalDate().toEpochDay(), kept);
    newestOfEach(
        newestFirst,
        keep.weekly(),
        at -> at.get(IsoFields.WEEK_BASED_YEAR) * 100L + at.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR),
        kept);
    newestOfEach(newestFirst, keep.monthly(), at -> at.getYear() * 12L + at.getMonthValue(), kept);
    newestOfEach(newestFirst, keep.yearly(), at -> (long) at.getYear(), kept);
    return kept;
  }

  private static void newestOfEach(
      List<Instant> newestFirst,
      int periods,
      Function<OffsetDateTime, Long> period,
      Set<Instant> kept) {
    var seen = new HashSet<Long>();
    for (Instant point : newestFirst) {
      if (seen.size() >= periods) {
        return;
      }
      if (seen.add(period.apply(point.atOffset(ZoneOffset.UTC)))) {
        kept.add(point);
      }
    }
  }
}
