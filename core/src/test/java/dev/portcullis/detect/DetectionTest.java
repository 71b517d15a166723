package dev.portcullis.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.quicktheories.QuickTheory.qt;
import static org.quicktheories.generators.SourceDSL.integers;
import static org.quicktheories.generators.SourceDSL.lists;

import dev.portcullis.config.DetectorSettings;
import dev.portcullis.config.DetectorSettings.BulkExfiltration;
import dev.portcullis.config.DetectorSettings.CredentialStuffing;
import dev.portcullis.config.DetectorSettings.Injection;
import dev.portcullis.config.DetectorSettings.ObjectEnumeration;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DetectionTest {
  /** Low thresholds and few states, so that random journals raise signals and forget keys. */
  private static final DetectorSettings TOUCHY =
      new DetectorSettings(
          new ObjectEnumeration(true, Duration.ofMinutes(5), 3, 2),
          new CredentialStuffing(true, Duration.ofMinutes(5), 3, 2),
          new Injection(true, Duration.ofMinutes(10), 1),
          new BulkExfiltration(true, Duration.ofMinutes(1), 5, 2),
          4);

  @Test
  void theSameJournalGivesTheSameSignalsAtEveryReplay() {
    Set<String> detectors = new HashSet<>();
    qt().withExamples(200)
        .forAll(lists().of(integers().between(0, 100_000)).ofSizeBetween(0, 300))
        .checkAssert(steps -> {
          Trace trace = random(steps);
          List<Signal> first = trace.signals(new Detection(TOUCHY));
          assertThat(trace.signals(new Detection(TOUCHY))).isEqualTo(first);
          assertThat(first).extracting(Signal::id).doesNotHaveDuplicates();
          first.forEach(signal -> {
            detectors.add(signal.detector());
            assertThat(signal.evidence())
                .isSorted()
                .doesNotHaveDuplicates()
                .isNotEmpty()
                .hasSizeLessThanOrEqualTo(Signal.MAX_EVIDENCE);
            assertThat(signal.confidence()).isBetween(0.0, 1.0);
          });
        });
    assertThat(detectors)
        .containsExactlyInAnyOrder(
            "object-enumeration", "credential-stuffing", "injection", "bulk-exfiltration");
  }

  private static Trace random(List<Integer> steps) {
    var trace = new Trace();
    for (int step : steps) {
      String source = "192.0.2." + step % 5;
      String name = "n" + step / 7 % 40;
      trace.after(Duration.ofSeconds(step % 61));
      switch (step % 6) {
        case 0 -> trace.reads("key-" + step % 4, source, name);
        case 1 -> trace.reads("key-" + step % 3, source, name, name + "a", name + "b");
        case 2 -> trace.guesses("key-" + step % 4, source, name);
        case 3 -> trace.failsToLogIn(source, name);
        case 4 -> trace.logsIn(source, name);
        default -> trace.sends(source, "sql-injection", step % 2 == 0);
      }
    }
    return trace;
  }

  @Test
  void aMillionDistinctKeysDoNotMakeItGrow() {
    var detection = new Detection(settings(1_000));
    for (int i = 0; i < 1_000_000; i++) {
      var trace = new Trace().failsToLogIn("2001:db8::" + Integer.toHexString(i), "a" + i);
      trace.entries().forEach(detection::accept);
    }
    // at most two detectors look at failed logins
    assertThat(detection.states()).isBetween(1_000, 2 * 1_000);
  }

  @Test
  void fewKeysWithMuchBehindThemStayInBoundsAsWell() {
    var states = new BoundedStates<String>(100, 1_000);
    for (int i = 0; i < 100; i++) {
      states.put("key" + i, "state", 300);
    }
    assertThat(states.size()).isEqualTo(3);
    states.put("one", "state", 5_000);
    assertThat(states.size()).isEqualTo(1);
    states.put("one", "state", 1);
    states.put("two", "state", 1);
    assertThat(states.size()).isEqualTo(2);
  }

  @Test
  void whatIsSwitchedOffSaysNothing() {
    var off =
        new DetectorSettings(
            new ObjectEnumeration(false, Duration.ofMinutes(5), 3, 2),
            new CredentialStuffing(false, Duration.ofMinutes(5), 3, 2),
            new Injection(false, Duration.ofMinutes(10), 1),
            new BulkExfiltration(false, Duration.ofMinutes(1), 5, 2),
            10);
    var trace = new Trace().sends("192.0.2.1", "sql-injection", true);
    assertThat(trace.signals(new Detection(off))).isEmpty();
    assertThat(trace.signals(new Detection(TOUCHY))).hasSize(1);
  }

  @Test
  void distinctCountsAreExactWhileFewAndCloseWhenMany() {
    var window = new DistinctWindow(Duration.ofMinutes(1));
    for (int i = 0; i < 2_000; i++) {
      window.add(1_000, Hashes.of("p" + i));
      window.add(1_001, Hashes.of("p" + i));
    }
    assertThat(window.at(1_001)).isEqualTo(2_000);
    for (int i = 2_000; i < 100_000; i++) {
      window.add(2_000, Hashes.of("p" + i));
    }
    assertThat(window.at(2_000)).isBetween(90_000L, 110_000L);
    assertThat(window.size()).isLessThanOrEqualTo(DistinctWindow.CAPACITY);
    assertThat(window.at(62_001)).isZero();
  }

  private static DetectorSettings settings(int states) {
    DetectorSettings defaults = DetectorSettings.DEFAULT;
    return new DetectorSettings(
        defaults.objectEnumeration(),
        defaults.credentialStuffing(),
        defaults.injection(),
        defaults.bulkExfiltration(),
        states);
  }
}
