package dev.portcullis.scope;

import static dev.portcullis.scope.testing.Samples.START;
import static dev.portcullis.scope.testing.Samples.exchange;
import static dev.portcullis.scope.testing.Samples.read;
import static dev.portcullis.scope.testing.Samples.signal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.quicktheories.QuickTheory.qt;
import static org.quicktheories.generators.SourceDSL.integers;
import static org.quicktheories.generators.SourceDSL.lists;

import dev.portcullis.journal.Exchange;
import dev.portcullis.journal.Outcome;
import dev.portcullis.journal.Pseudonym;
import dev.portcullis.scope.testing.MemoryIncidents;
import dev.portcullis.scope.testing.MemoryJournal;
import dev.portcullis.scope.testing.Samples;
import dev.portcullis.store.Store;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Precision and recall of the scope are 1, whatever the interleaving. */
class ScopeIsExactTest {
  private static final String THIEF = "198.51.100.7";

  /** Who sends, one a residue: the thief, the owner, three bystanders, a stranger without key. */
  private static final List<String[]> ACTORS =
      List.of(
          new String[] {"key-1", THIEF},
          new String[] {"key-1", "203.0.113.5"},
          new String[] {"key-2", "192.0.2.1"},
          new String[] {"key-3", "203.0.113.5"},
          new String[] {"key-4", "192.0.2.4"},
          new String[] {"-", "192.0.2.9"});

  @TempDir Path directory;

  @Test
  void theScopeIsExactlyTheThiefsSubjectsInAnyInterleaving() {
    try (Store store = Store.open(directory)) {
      var steps = lists().of(integers().between(0, 6 * 2 * 40 * 3 - 1)).ofSizeBetween(0, 120);
      qt().withExamples(200)
          .withShrinkCycles(50)
          .forAll(steps)
          .checkAssert(each -> check(store, each));
    }
  }

  private static void check(Store store, List<Integer> steps) {
    var exchanges = new ArrayList<Exchange>();
    var reached = new TreeSet<String>();
    long answered = 0;
    long refused = 0;
    for (int second = -30; second < 0; second += 10) { // The owner was there before.
      exchanges.add(read(second, "key-1", "203.0.113.5", "s0"));
    }
    for (int step : steps) {
      String[] actor = ACTORS.get(step % 6);
      boolean isRefused = step / 6 % 2 == 1;
      int subject = step / 12 % 40;
      var subjects = new TreeSet<String>();
      for (int i = 0; i < step / 480; i++) {
        subjects.add("s" + (subject + i));
      }
      int second = exchanges.size();
      if (isRefused) {
        Outcome outcome = new Outcome.Refused("rate-limit", "credential");
        exchanges.add(exchange(second, actor[0], actor[1], "GET", 429, outcome));
      } else {
        exchanges.add(read(second, actor[0], actor[1], subjects.toArray(String[]::new)));
      }
      if (step % 6 == 0) {
        answered += isRefused ? 0 : 1;
        refused += isRefused ? 1 : 0;
        reached.addAll(isRefused ? List.of() : subjects);
      }
    }
    var incidents = new MemoryIncidents();
    Scope scope =
        new JournalScopeDesk(
                new MemoryJournal().addAll(exchanges),
                incidents,
                Samples.configuration(),
                store,
                InstantSource.fixed(START))
            .determine(incidents.open("INC-1", signal("s1", "key-1", THIEF)));

    assertThat(scope.subjects()).extracting(Pseudonym::value).containsExactlyElementsOf(reached);
    assertThat(scope.exchanges()).isEqualTo(answered);
    assertThat(scope.refused()).isEqualTo(refused);
    assertThat(scope.dataClasses().getOrDefault("health", 0L)).isEqualTo(reached.size());
    if (answered + refused > 0) {
      assertThat(scope.unknown()).as("nothing is open: the scope is exact").isEmpty();
    }
  }
}
