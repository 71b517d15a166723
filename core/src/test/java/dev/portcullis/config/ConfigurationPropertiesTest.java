package dev.portcullis.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.quicktheories.QuickTheory.qt;
import static org.quicktheories.generators.SourceDSL.integers;
import static org.quicktheories.generators.SourceDSL.longs;
import static org.quicktheories.generators.SourceDSL.strings;

import java.time.Duration;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Whatever is written is read back, and whatever is read is refused in words or accepted. */
class ConfigurationPropertiesTest {
  private static final Text<Duration> ANY_DURATION =
      Durations.between(Duration.ZERO, Duration.ofDays(100_000));
  private static final Text<Long> ANY_SIZE = Sizes.between(0, Long.MAX_VALUE);

  private static <T> boolean roundTrips(Text<T> text, T value) {
    try {
      return text.parse(text.show().apply(value)).equals(value);
    } catch (Mistake e) {
      return false;
    }
  }

  @Test
  void durationsRoundTrip() {
    qt().forAll(longs().between(0, Duration.ofDays(100_000).toMillis()))
        .check(millis -> roundTrips(ANY_DURATION, Duration.ofMillis(millis)));
    qt().forAll(integers().between(0, 90_000), integers().between(0, 4))
        .check(
            (number, unit) -> {
              String written = number + new String[] {"ms", "s", "m", "h", "d"}[unit];
              return roundTrips(ANY_DURATION, read(ANY_DURATION, written));
            });
  }

  @Test
  void sizesRoundTrip() {
    qt().forAll(longs().between(0, 999_999_999_999_999L)).check(n -> roundTrips(ANY_SIZE, n));
    qt().forAll(longs().between(0, 8191), integers().between(0, 4))
        .check((number, power) -> roundTrips(ANY_SIZE, number << (10 * power)));
  }

  @Test
  void endpointsRoundTrip() {
    qt().forAll(integers().between(0, 65_535), integers().all(), integers().between(0, 2))
        .check(
            (port, seed, kind) ->
                roundTrips(Endpoints.LISTEN, new Endpoint(host(kind, new Random(seed)), port)));
  }

  private static String host(int kind, Random random) {
    return switch (kind) {
      case 0 ->
          random.ints(4, 0, 256).mapToObj(String::valueOf).collect(Collectors.joining("."));
      case 1 ->
          random
              .ints(8, 0, 0x10000)
              .mapToObj(Integer::toHexString)
              .collect(Collectors.joining(":"));
      default ->
          random
              .ints(1 + random.nextInt(3), 'a', 'z' + 1)
              .mapToObj(c -> Character.toString(c) + random.nextInt(100))
              .collect(Collectors.joining("."));
    };
  }

  @Test
  void everyTextIsEitherReadOrRefusedInWords() {
    qt().withExamples(5_000)
        .forAll(strings().betweenCodePoints(1, 0x2FFF).ofLengthBetween(0, 40))
        .checkAssert(
            text -> {
              isReadOrRefused(ANY_DURATION, text);
              isReadOrRefused(ANY_SIZE, text);
              isReadOrRefused(Endpoints.CONNECT, text);
              isReadOrRefused(JsonPaths.PATH, "$" + text);
              isReadOrRefused(PathTemplates.TEMPLATE, "/" + text);
              isReadOrRefused(Uris.UPSTREAM, "http://" + text);
              isReadOrRefused(Texts.EMAIL, text + "@a");
              isReadOrRefused(Texts.decimal(0, 1), text);
            });
  }

  /** Long input must neither overflow the stack nor take forever in a regular expression. */
  @Test
  void hugeTextIsRefusedQuickly() {
    for (String unit : new String[] {"a", "/a", ".a", "[0]", "a.", "1", "{a}", "-a", "a-", "é"}) {
      String huge = unit.repeat(200_000);
      isReadOrRefused(ANY_DURATION, huge);
      isReadOrRefused(ANY_SIZE, huge);
      isReadOrRefused(Endpoints.CONNECT, huge + ":1");
      isReadOrRefused(JsonPaths.PATH, "$" + huge);
      isReadOrRefused(PathTemplates.TEMPLATE, "/" + huge);
      isReadOrRefused(Uris.UPSTREAM, "http://" + huge);
      isReadOrRefused(Texts.KEBAB, huge);
      isReadOrRefused(Texts.EMAIL, huge + "@" + huge);
      isReadOrRefused(Texts.ACCOUNT, huge);
    }
  }

  private static <T> T read(Text<T> text, String written) {
    try {
      return text.parse(written);
    } catch (Mistake e) {
      throw new AssertionError(written + " " + e.predicate(), e);
    }
  }

  private static void isReadOrRefused(Text<?> text, String written) {
    try {
      assertThat(text.parse(written)).isNotNull();
    } catch (Mistake e) {
      assertThat(e.predicate()).isNotBlank();
      assertThat(e.predicate().length()).isLessThan(200);
    }
  }
}
