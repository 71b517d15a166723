package dev.portcullis.detect;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ObjectEnumerationTest {
  private static final String CLINIC = "198.51.100.10";
  private static final String THIEF = "203.0.113.66";

  @Test
  void aClinicThatReadsTheSameFivePatientsAllDayIsLeftAlone() {
    var trace = new Trace();
    for (int minute = 0; minute < 8 * 60; minute++) {
      trace.after(Duration.ofMinutes(1)).reads("key-clinic", CLINIC, "p" + minute % 5);
    }
    assertThat(trace.signals()).isEmpty();
  }

  @Test
  void aClinicThatSeesANewPatientEveryTenMinutesIsLeftAlone() {
    var trace = new Trace();
    for (int patient = 0; patient < 500; patient++) {
      trace.after(Duration.ofMinutes(10)).reads("key-clinic", CLINIC, "p" + patient);
    }
    assertThat(trace.signals()).isEmpty();
  }

  @Test
  void anAttackerWhoWalksThirtyRecordsWithAStolenKeyIsNamedOnce() {
    var trace = new Trace();
    clinicAtWork(trace, 60);
    long before = trace.entries().size();
    for (int i = 0; i < 30; i++) {
      trace.after(Duration.ofSeconds(1)).reads("key-clinic", THIEF, "victim" + i);
    }
    List<Signal> signals = trace.signals();
    assertThat(signals).hasSize(1);
    Signal signal = signals.getFirst();
    assertThat(signal.detector()).isEqualTo("object-enumeration");
    assertThat(signal.principals())
        .isEqualTo(
            new Principals(
                Optional.of("key-clinic"),
                Optional.of("clinic"),
                Optional.of(THIEF),
                Optional.of("patient")));
    assertThat(signal.evidence())
        .containsExactlyElementsOf(IntStream.range(0, 20).mapToObj(i -> before + i).toList());
    assertThat(signal.owasp()).isEqualTo("API1:2023");
    assertThat(signal.summary()).doesNotContain("victim");
  }

  @Test
  void aThiefWhoUsesTheKeyWhileItsOwnerWorksIsPinnedToTheThiefsAddress() {
    var trace = new Trace();
    clinicAtWork(trace, 60);
    for (int i = 0; i < 30; i++) {
      trace.after(Duration.ofSeconds(4)).reads("key-clinic", THIEF, "victim" + i);
      trace.after(Duration.ofSeconds(2)).reads("key-clinic", CLINIC, "p" + i % 5);
      if (i % 8 == 0) {
        trace.reads("key-clinic", CLINIC, "new" + i);
      }
    }
    assertThat(trace.signals())
        .singleElement()
        .satisfies(signal -> assertThat(signal.principals().source()).contains(THIEF));
  }

  @Test
  void ofTwoKeysOnlyTheStolenOneIsNamed() {
    var trace = new Trace();
    for (int i = 0; i < 40; i++) {
      trace.after(Duration.ofSeconds(2)).reads("key-other", CLINIC, "p" + i % 4);
      trace.reads("key-stolen", THIEF, "victim" + i);
    }
    List<Signal> signals = trace.signals();
    assertThat(signals)
        .isNotEmpty()
        .allSatisfy(signal -> assertThat(signal.principals().credential()).contains("key-stolen"));
  }

  @Test
  void anAttackerWithManyAddressesIsNamedByTheKeyAlone() {
    var trace = new Trace();
    for (int i = 0; i < 40; i++) {
      trace.after(Duration.ofSeconds(2)).reads("key-clinic", "203.0.113." + i % 10, "victim" + i);
    }
    assertThat(trace.signals())
        .isNotEmpty()
        .allSatisfy(signal -> assertThat(signal.principals().source()).isEmpty())
        .first()
        .satisfies(signal -> assertThat(signal.principals().credential()).contains("key-clinic"));
  }

  @Test
  void anAttackerWhoTakesOneEveryThirtySecondsIsNoticedTheSameDay() {
    var trace = new Trace();
    for (int i = 0; i < 600; i++) {
      trace.after(Duration.ofSeconds(30)).reads("key-clinic", THIEF, "victim" + i);
    }
    assertThat(trace.signals())
        .singleElement()
        .satisfies(signal -> {
          assertThat(signal.evidence()).hasSize(400);
          assertThat(signal.summary()).contains("24 h");
        });
  }

  @Test
  void aNightlyExportIsSpokenOfInTheFirstNightsAndThenFallsSilent() {
    var trace = new Trace();
    int person = 0;
    for (int night = 0; night < 10; night++) {
      trace.after(Duration.ofHours(24));
      for (int i = 0; i < 300; i++) {
        trace.after(Duration.ofMillis(500)).reads("key-export", "10.0.0.5", "p" + person++);
      }
    }
    List<Signal> signals = trace.signals();
    assertThat(signals).isNotEmpty();
    assertThat(signals)
        .as("after the first two nights")
        .allSatisfy(signal -> assertThat(signal.evidence().getFirst()).isLessThan(600));
  }

  @Test
  void anExportThatReadsTheSameThreeHundredEveryNightFallsSilentAfterTheFirst() {
    var trace = new Trace();
    for (int night = 0; night < 10; night++) {
      trace.after(Duration.ofHours(24));
      for (int i = 0; i < 300; i++) {
        trace.after(Duration.ofMillis(500)).reads("key-export", "10.0.0.5", "p" + i);
      }
    }
    assertThat(trace.signals())
        .allSatisfy(signal -> assertThat(signal.evidence().getLast()).isLessThan(300));
  }

  @Test
  void anExportsKeyInAnotherPlaceIsNoticedWhateverTheExportReads() {
    var trace = new Trace();
    for (int night = 0; night < 10; night++) {
      trace.after(Duration.ofHours(24));
      for (int i = 0; i < 300; i++) {
        trace.after(Duration.ofMillis(500)).reads("key-export", "10.0.0.5", "p" + i);
      }
    }
    trace.after(Duration.ofHours(2));
    for (int i = 0; i < 30; i++) {
      trace.after(Duration.ofSeconds(1)).reads("key-export", THIEF, "p" + i);
    }
    assertThat(trace.signals())
        .last()
        .satisfies(signal -> assertThat(signal.principals().source()).contains(THIEF));
  }

  @Test
  void aNewcomerWhoDoesWhatAllOthersDoThereIsLeftAlone() {
    var trace = new Trace();
    for (int day = 0; day < 3; day++) {
      for (int colleague = 0; colleague < 5; colleague++) {
        for (int i = 0; i < 18; i++) {
          trace.reads("key-" + colleague, "10.0.0." + colleague, day + "-" + colleague + "-" + i);
        }
        trace.after(Duration.ofHours(1));
      }
    }
    for (int i = 0; i < 40; i++) {
      trace.after(Duration.ofSeconds(2)).reads("key-new", "10.0.0.77", "n" + i);
    }
    assertThat(trace.signals()).isEmpty();
  }

  @Test
  void guessesAtRecordsThatDoNotExistCountHalf() {
    var trace = new Trace();
    for (int i = 0; i < 39; i++) {
      trace.after(Duration.ofSeconds(1)).guesses("key-clinic", THIEF, "nobody" + i);
    }
    assertThat(trace.signals()).isEmpty();
    trace.guesses("key-clinic", THIEF, "nobody39");
    assertThat(trace.signals()).hasSize(1);
  }

  @Test
  void guessingTheSameRecordAgainIsNoWalk() {
    var trace = new Trace();
    for (int i = 0; i < 500; i++) {
      trace.after(Duration.ofSeconds(1)).guesses("key-clinic", CLINIC, "gone");
    }
    assertThat(trace.signals()).isEmpty();
  }

  @Test
  void whatWasRefusedWasNotRead() {
    var trace = new Trace();
    for (int i = 0; i < 500; i++) {
      trace.after(Duration.ofSeconds(1)).isRefused("key-clinic", THIEF, "victim" + i);
    }
    assertThat(trace.signals()).isEmpty();
  }

  @Test
  void aListIsNoWalk() {
    var trace = new Trace();
    String[] list = IntStream.range(0, 50).mapToObj(i -> "p" + i).toArray(String[]::new);
    for (int i = 0; i < 100; i++) {
      trace.after(Duration.ofSeconds(1)).reads("key-clinic", CLINIC, list);
    }
    assertThat(trace.signals()).isEmpty();
  }

  @Test
  void anAnonymousWalkIsNamedByItsAddress() {
    var trace = new Trace();
    for (int i = 0; i < 25; i++) {
      trace.after(Duration.ofSeconds(1)).readsAnonymously(THIEF, "victim" + i);
    }
    assertThat(trace.signals())
        .singleElement()
        .satisfies(signal -> {
          assertThat(signal.principals().credential()).isEmpty();
          assertThat(signal.principals().source()).contains(THIEF);
        });
  }

  @Test
  void aFastWalkIsSpokenOfAgainOnlyWhenItDoubles() {
    var trace = new Trace();
    for (int i = 0; i < 200; i++) {
      trace.reads("key-clinic", THIEF, "victim" + i);
    }
    // at 20, 40, 80, 160
    assertThat(trace.signals()).hasSize(4);
  }

  private static void clinicAtWork(Trace trace, int reads) {
    for (int i = 0; i < reads; i++) {
      trace.after(Duration.ofMinutes(1)).reads("key-clinic", CLINIC, "p" + i % 5);
    }
  }
}
