package dev.portcullis.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.quicktheories.QuickTheory.qt;
import static org.quicktheories.generators.SourceDSL.integers;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever somebody's fingers do to a valid file: it is read, or every problem has its place. */
class ConfigurationMutationTest {
  private static final String[] DEBRIS = {
    "\t", "\n", ": ", "- ", "{", "}", "[", "]", "\"", "'", "&a ", "*a", "!x ", "|\n", "#", "${",
    "${X}", "\u0000", "\uFEFF", "\u2028", "\uD83D\uDE00", "<<: ", "? ", "~", "---\n", "%", "@",
    "99999999999999999999", "-1", "null", "../..", "  ", "é", "\r"
  };

  @TempDir Path directory;

  @Test
  void endsInAConfigurationOrInProblemsWithPlaces() throws Exception {
    var sample = new Sample(directory);
    byte[] valid =
        ConfigurationReader.starter()
            .replaceAll("(?m)^# (?=[a-z]+:$| )", "")
            .getBytes(StandardCharsets.UTF_8);
    var reader = new ConfigurationReader(Sample.RULES, Sample.ENVIRONMENT);
    Path file = sample.write("");
    qt().withExamples(3_000)
        .forAll(integers().all(), integers().between(1, 8))
        .checkAssert(
            (seed, changes) -> {
              byte[] mutated = mutated(valid, new Random(seed), changes);
              try {
                Files.write(file, mutated);
                assertThat(reader.check(file).configuration().routes()).isNotEmpty();
              } catch (ConfigurationException e) {
                isTold(e, mutated);
              } catch (java.io.IOException e) {
                throw new java.io.UncheckedIOException(e);
              }
            });
  }

  private static void isTold(ConfigurationException e, byte[] mutated) {
    assertThat(e.problems()).isNotEmpty();
    assertThat(e.render()).contains("expected: ");
    long lines = new String(mutated, StandardCharsets.UTF_8).split("\r\n|\r|\n", -1).length;
    for (Problem problem : e.problems()) {
      assertThat(problem.line()).isBetween(1, (int) lines + 1);
      assertThat(problem.column()).isPositive();
    }
  }

  private static byte[] mutated(byte[] valid, Random random, int changes) {
    byte[] bytes = valid;
    for (int i = 0; i < changes && bytes.length > 1; i++) {
      int at = random.nextInt(bytes.length);
      int length = Math.min(bytes.length - at, 1 + random.nextInt(random.nextInt(10) == 0 ? 400 : 6));
      bytes =
          switch (random.nextInt(5)) {
            case 0 -> spliced(bytes, at, length, new byte[0]);
            case 1 -> spliced(bytes, at, 0, debris(random));
            case 2 -> spliced(bytes, at, length, debris(random));
            case 3 -> spliced(bytes, random.nextInt(bytes.length), 0, slice(bytes, at, length));
            default -> spliced(bytes, at, 1, new byte[] {(byte) random.nextInt(256)});
          };
    }
    return bytes;
  }

  private static byte[] debris(Random random) {
    return DEBRIS[random.nextInt(DEBRIS.length)].getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] slice(byte[] bytes, int at, int length) {
    return java.util.Arrays.copyOfRange(bytes, at, at + length);
  }

  private static byte[] spliced(byte[] bytes, int at, int removed, byte[] added) {
    byte[] result = new byte[bytes.length - removed + added.length];
    System.arraycopy(bytes, 0, result, 0, at);
    System.arraycopy(added, 0, result, at, added.length);
    System.arraycopy(
        bytes, at + removed, result, at + added.length, bytes.length - at - removed);
    return result;
  }
}
