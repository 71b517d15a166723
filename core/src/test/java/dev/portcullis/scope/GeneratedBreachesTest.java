package dev.portcullis.scope;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.journal.JournalEntry;
import dev.portcullis.scope.testing.Breach;
import dev.portcullis.scope.testing.MemoryIncidents;
import dev.portcullis.scope.testing.MemoryJournal;
import dev.portcullis.scope.testing.Samples;
import dev.portcullis.store.Store;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Seven kinds of breach, ten of each, against their truth. */
class GeneratedBreachesTest {
  @TempDir Path directory;

  @ParameterizedTest
  @EnumSource(Breach.Kind.class)
  void onceThePivotsAreDecidedTheListIsExactlyWhomTheThiefReached(Breach.Kind kind) {
    try (Store store = Store.open(directory)) {
      for (long seed : LongStream.range(0, 10).toArray()) {
        var breach = new Breach(kind, seed, false);
        Scope scope = closed(breach, store, kind + "-" + seed);
        assertThat(new HashSet<>(scope.subjects()))
            .as(kind + " " + seed + " " + scope.split() + scope.criteria() + scope.unknown())
            .isEqualTo(breach.reached());
        assertThat(scope.exchanges()).as(kind + " " + seed).isEqualTo(breach.size());
        assertThat(scope.unobserved()).isEqualTo(breach.unobserved());
        assertThat(scope.split().possibleOwner()).isZero();
        if (breach.unobserved() > 0) {
          assertThat(scope.unknown()).anyMatch(line -> line.contains("unobserved, "));
        }
        if (kind != Breach.Kind.WALK) {
          assertThat(scope.unknown())
              .as("what is not known is what nobody could read")
              .allMatch(line -> line.contains("unobserved, ") || line.contains("ranges"));
        }
      }
    }
  }

  @Test
  void withoutTheClientsSoftwareAThiefInTheOwnersOfficeIsCountedWithTheOwnerAndItSaysSo() {
    try (Store store = Store.open(directory)) {
      for (long seed : LongStream.range(0, 10).toArray()) {
        var breach = new Breach(Breach.Kind.SAME_OFFICE, seed, true);
        Scope scope = closed(breach, store, "blind-" + seed);
        assertThat(scope.subjects()).containsAll(breach.reached());
        long tooMany = scope.exchanges() - breach.size();
        assertThat(tooMany).isPositive();
        assertThat(scope.split().possibleOwner()).isGreaterThanOrEqualTo(tooMany);
        assertThat(scope.unknown())
            .anyMatch(line -> line.contains("may be the rightful owner's: cannot be told apart"));
      }
    }
  }

  @Test
  void onlyAPersonWidensTheScope() {
    try (Store store = Store.open(directory)) {
      var breach = new Breach(Breach.Kind.SEVERAL_KEYS, 1, false);
      var incidents = new MemoryIncidents();
      JournalScopeDesk desk = desk(breach, incidents, store);
      Scope first = desk.determine(incidents.open("INC-1", breach.signal()));
      assertThat(first.isClosed()).isFalse();
      assertThat(first.exchanges()).isLessThan(breach.size());
      assertThat(new HashSet<>(breach.reached())).containsAll(first.subjects());
      assertThat(desk.determine(incidents.find("INC-1").orElseThrow()).exchanges())
          .isEqualTo(first.exchanges());
    }
  }

  /** Decides as a person would who knows the truth, until nothing is left to be decided. */
  private static Scope closed(Breach breach, Store store, String id) {
    var incidents = new MemoryIncidents();
    JournalScopeDesk desk = desk(breach, incidents, store);
    var incident = incidents.open(id, breach.signal());
    Scope scope = desk.determine(incident);
    for (int round = 0; round < 200 && !scope.isClosed(); round++) {
      Pivot pivot =
          scope.pivots().stream()
              .filter(each -> each.state() == Pivot.State.UNDECIDED)
              .findFirst()
              .orElseThrow();
      scope = desk.decide(incident, pivot.id(), isTrue(pivot, breach), "anna", "the truth");
    }
    assertThat(scope.isClosed()).isTrue();
    return scope;
  }

  private static boolean isTrue(Pivot pivot, Breach breach) {
    List<JournalEntry> meant =
        breach.entries().stream()
            .filter(
                entry -> pivot.terms().stream().anyMatch(term -> term.matches(entry.exchange())))
            .toList();
    return 2 * meant.stream().filter(breach::isHostile).count() > meant.size();
  }

  private static JournalScopeDesk desk(Breach breach, MemoryIncidents incidents, Store store) {
    return new JournalScopeDesk(
        new MemoryJournal().addAll(breach.exchanges()),
        incidents,
        Samples.configuration(),
        store,
        InstantSource.fixed(Samples.START));
  }
}
