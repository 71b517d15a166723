package dev.portcullis.obligation;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads {@code NAME=INSTANT[ZONE]} as a person types it. */
final class FactText {
  private static final Pattern FACT = Pattern.compile("([^=]+)=([^\\[]+)(?:\\[([^]]+)])?");
  private static final Pattern DAY = Pattern.compile("\\d{4}-\\d{2}-\\d{2}");
  private static final String EXPECTED =
      "(expected: NAME=INSTANT[ZONE], such as awareness=2026-03-28T23:30:00+01:00[Europe/Berlin]"
          + " or awareness=2026-03-28T22:30:00Z)";

  private FactText() {}

  /**
   * The fact. An instant in UTC says nothing of the place; an offset or a zone does.
   *
   * @throws IllegalArgumentException with what was found and expected
   */
  static Fact read(String text) {
    Matcher matcher = FACT.matcher(text);
    if (text.length() > 256 || !matcher.matches()) {
      throw new IllegalArgumentException("--fact " + text + " " + EXPECTED);
    }
    String time = matcher.group(2).strip();
    if (DAY.matcher(time).matches()) {
      throw new IllegalArgumentException(
          "--fact %s (expected: a time of day too; a bare day is not taken for midnight)"
              .formatted(text));
    }
    Optional<ZoneId> zone = Optional.ofNullable(matcher.group(3)).map(name -> zone(text, name));
    return fact(matcher.group(1).strip(), text, time, zone);
  }

  private static Fact fact(String name, String text, String time, Optional<ZoneId> zone) {
    Optional<OffsetDateTime> offset = offset(time);
    if (offset.isEmpty()) {
      return new Fact(name, local(text, time, zone), zone, "the command line", "as given");
    }
    Instant at = offset.get().toInstant();
    ZoneOffset given = offset.get().getOffset();
    if (zone.isPresent() && !time.endsWith("Z")) {
      ZoneOffset there = zone.get().getRules().getOffset(at);
      if (!there.equals(given)) {
        throw new IllegalArgumentException(
            "--fact %s (expected: the offset that %s has then, %s)"
                .formatted(text, zone.get(), there));
      }
    }
    Optional<ZoneId> place =
        zone.or(() -> time.endsWith("Z") ? Optional.empty() : Optional.of(given));
    return new Fact(name, at, place, "the command line", "as given");
  }

  private static Optional<OffsetDateTime> offset(String time) {
    try {
      return Optional.of(OffsetDateTime.parse(time));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  /** A local time is good where the zone has it exactly once. */
  private static Instant local(String text, String time, Optional<ZoneId> zone) {
    LocalDateTime local;
    try {
      local = LocalDateTime.parse(time);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("--fact " + text + " " + EXPECTED, e);
    }
    ZoneId place =
        zone.orElseThrow(() ->
            new IllegalArgumentException(
                "--fact %s (expected: an offset or a zone, such as %s[Europe/Berlin])"
                    .formatted(text, time)));
    List<ZoneOffset> offsets = place.getRules().getValidOffsets(local);
    if (offsets.size() != 1) {
      throw new IllegalArgumentException(
          "--fact %s (expected: an offset, since that time is in %s %s)"
              .formatted(text, place, offsets.isEmpty() ? "left out" : "there twice"));
    }
    return local.toInstant(offsets.getFirst());
  }

  private static ZoneId zone(String text, String name) {
    try {
      return ZoneId.of(name.strip());
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          "--fact %s (expected: a time zone such as Europe/Berlin)".formatted(text), e);
    }
  }
}
