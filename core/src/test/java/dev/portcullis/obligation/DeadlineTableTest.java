package dev.portcullis.obligation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.quicktheories.QuickTheory.qt;
import static org.quicktheories.generators.SourceDSL.integers;
import static org.quicktheories.generators.SourceDSL.longs;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.quicktheories.core.Gen;

@SuppressWarnings("CanonicalDuration") // The law says 72 hours, not three days.
class DeadlineTableTest {
  private static final List<ZoneId> ZONES =
      List.of(
          ZoneId.of("UTC"),
          ZoneId.of("America/New_York"),
          ZoneId.of("Europe/Berlin"),
          ZoneId.of("Australia/Lord_Howe"),
          ZoneId.of("Asia/Kathmandu"),
          ZoneId.of("America/Sao_Paulo"));

  @ParameterizedTest(name = "{4}: {0} from {1} {2}")
  @CsvFileSource(resources = "deadlines.csv", delimiter = '|')
  void theDeadlineIs(String rule, LocalDateTime anchor, String zone, Instant due, String what) {
    Instant at = anchor.atZone(ZoneId.of(zone)).toInstant();

    assertThat(due(limit(rule), at)).as(what).hasValue(due);
  }

  private static Limit limit(String text) {
    String[] words = text.split(" ");
    int amount = Integer.parseInt(words[0].substring(0, words[0].length() - 1));
    return words[0].endsWith("h")
        ? new Limit.Elapsed(Duration.ofHours(amount), true)
        : new Limit.CalendarDays(
            amount, Arrays.stream(words).skip(1).map(ZoneId::of).toList(), false);
  }

  private static Optional<Instant> due(Limit limit, Instant at) {
    return compute(limit, at).due();
  }

  private static Clock compute(Limit limit, Instant at) {
    var fact = new Fact("awareness", at, "anna", "the first call");
    return ClockCalculator.compute(
        "INC-1",
        rule(limit),
        Map.of("awareness", fact),
        Circumstances.of(new ScopeFacts(1, true, List.of(), 0)));
  }

  private static Rule rule(Limit limit) {
    return new Rule(
        "rule",
        "A duty",
        "nowhere",
        "A law, Art. 1",
        "awareness",
        limit,
        Optional.empty(),
        false,
        Optional.empty(),
        Optional.empty(),
        "authority",
        List.of(Content.NATURE),
        List.of(new Condition.Always()),
        new Rule.Evidence(false, "M", "nothing"),
        Optional.empty(),
        Optional.empty(),
        false,
        List.of());
  }

  @Test
  void aLaterAnchorNeverGivesAnEarlierDeadline() {
    // Seconds from 1970 to 2100.
    Gen<Instant> instants =
        longs().between(0, 4_102_444_800L).map((Long second) -> Instant.ofEpochSecond(second));
    Gen<Integer> amounts = integers().between(1, 400);
    qt().withExamples(5_000)
        .forAll(instants, longs().between(0, 10_000_000), amounts, integers().between(0, 29))
        .checkAssert((anchor, later, amount, which) -> {
          Limit limit = limit(which, amount, ZONES.get(which % ZONES.size()));
          assertThat(due(limit, anchor.plusSeconds(later)).orElseThrow())
              .isAfterOrEqualTo(due(limit, anchor).orElseThrow());
        });
  }

  /** Each unit, in each zone. */
  private static Limit limit(int which, int amount, ZoneId zone) {
    return switch (which / ZONES.size()) {
      case 0 -> new Limit.Elapsed(Duration.ofHours(amount), true);
      case 1 -> new Limit.CalendarDays(amount, List.of(zone, ZONES.get(0)), which % 2 == 0);
      case 2 -> new Limit.Months(amount % 24 + 1, List.of(zone));
      case 3 -> new Limit.BusinessDays(amount % 30 + 1, "us-federal", zone, Optional.empty());
      default -> new Limit.AfterYearEnd(amount, List.of(zone));
    };
  }

  @Test
  void theLatestReadingIsNeverBeforeTheOneToPlanWith() {
    qt().withExamples(2_000)
        .forAll(
            longs().between(0, 4_102_444_800L),
            integers().between(1, 60),
            integers().between(0, 29))
        .checkAssert((second, amount, which) -> {
          Clock clock =
              compute(
                  limit(which, amount, ZONES.get(which % ZONES.size())),
                  Instant.ofEpochSecond(second));
          Instant due = clock.due().orElseThrow();
          assertThat(due).isAfterOrEqualTo(clock.anchorAt().orElseThrow());
          assertThat(clock.latest().orElse(due)).isAfterOrEqualTo(due);
        });
  }

  @Test
  void aDeadlineIsNeverBeforeItsAnchorAndNeverMoreThanADayBeyondItsAmount() {
    qt().withExamples(5_000)
        .forAll(
            longs().between(0, 4_102_444_800L),
            integers().between(1, 400),
            integers().between(0, 5))
        .checkAssert((second, days, zone) -> {
          Instant at = Instant.ofEpochSecond(second);
          Instant due =
              due(new Limit.CalendarDays(days, List.of(ZONES.get(zone)), false), at).orElseThrow();
          Duration span = Duration.between(at, due);
          // A clock change makes a span of days up to two hours shorter or longer.
          assertThat(span)
              .isBetween(
                  Duration.ofDays(days).minusHours(2), Duration.ofDays(days + 1L).plusHours(2));
        });
  }

  @Test
  void theReadingOfRegulation1182IsANoteAndNeverTheDeadline() {
    Instant at = Instant.parse("2020-12-22T11:17:00Z");

    Clock clock = compute(new Limit.Elapsed(Duration.ofHours(72), true), at);

    assertThat(clock.due()).hasValue(Instant.parse("2020-12-25T11:17:00Z"));
    assertThat(clock.arithmetic())
        .anyMatch(
            line -> line.startsWith("note, not used") && line.endsWith("2020-12-25T12:00:00Z"));
  }

  @Test
  void anEventOnTheFullHourIsStillInsideThatHourForTheNote() {
    Clock clock =
        compute(
            new Limit.Elapsed(Duration.ofHours(72), true), Instant.parse("2026-11-24T10:00:00Z"));

    assertThat(clock.arithmetic()).anyMatch(line -> line.endsWith("= 2026-11-27T11:00:00Z"));
  }

  @Test
  void withoutAFixedLimitNoDeadlineIsInvented() {
    Clock clock = compute(new Limit.NoFixedLimit(), Instant.EPOCH);

    assertThat(clock.due()).isEmpty();
    assertThat(clock.state()).isEqualTo(Clock.State.RUNNING);
  }
}
