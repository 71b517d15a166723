package dev.portcullis.incident;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portcullis.detect.Signal;
import dev.portcullis.store.Store;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.quicktheories.WithQuickTheories;

/** What holds for any signals and any sequence of calls. */
class IncidentPropertiesTest implements WithQuickTheories {
  private static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");

  @TempDir Path directory;

  @Test
  void noSequenceOfCallsLeavesTheLifecycle() {
    IncidentState[] states = IncidentState.values();
    try (Store store = Store.open(directory)) {
      var desk = new StoredIncidentDesk(store, new SettableClock(NOON));
      qt().withExamples(25)
          .forAll(lists().of(integers().between(0, states.length)).ofSizeBetween(1, 12))
          .checkAssert(calls -> {
            String id = freshIncident(desk);
            IncidentState model = IncidentState.DETECTED;
            int lines = 1;
            for (int call : calls) {
              boolean closing = call == states.length;
              boolean allowed =
                  closing ? model != IncidentState.CLOSED : model.next().contains(states[call]);
              Runnable step =
                  () -> {
                    if (closing) {
                      desk.close(id, "alice", "enough");
                    } else {
                      desk.transition(id, states[call], "alice", "because");
                    }
                  };
              if (allowed) {
                step.run();
                model = closing ? IncidentState.CLOSED : states[call];
                lines++;
              } else {
                assertThatThrownBy(step::run).isInstanceOf(IllegalArgumentException.class);
              }
              assertThat(desk.find(id).orElseThrow().state()).isEqualTo(model);
            }
            assertThat(desk.timeline(id)).hasSize(lines);
          });
    }
  }

  private static String freshIncident(StoredIncidentDesk desk) {
    String name = "key-" + desk.list().size();
    return desk.accept(Signals.signal("s-" + name, "injection", NOON, name, "", "", ""))
        .incident()
        .id();
  }

  @Test
  void theSameSignalsInAnyGroupingAndTwiceGiveTheSameIncidents() {
    qt().withExamples(15)
        .forAll(
            lists().of(integers().between(0, 80)).ofSizeBetween(1, 10), integers().between(1, 10))
        .checkAssert((kinds, group) -> {
          List<Signal> signals = signals(kinds);
          List<Incident> atOnce = accepted(List.of(signals));
          var groups = new ArrayList<List<Signal>>();
          for (int from = 0; from < signals.size(); from += group) {
            int to = Math.min(signals.size(), from + group);
            groups.add(signals.subList(from, to));
            // After a crash, what was read since the last cursor is read again.
            groups.add(signals.subList(0, to));
          }
          assertThat(accepted(groups)).isEqualTo(atOnce);
        });
  }

  /** Each number is a choice of three credentials, accounts and sources, and one unknown each. */
  private static List<Signal> signals(List<Integer> kinds) {
    var signals = new ArrayList<Signal>();
    for (int index = 0; index < kinds.size(); index++) {
      int kind = kinds.get(index);
      String credential = List.of("", "key-a", "key-b").get(kind % 3);
      String account = List.of("", "north", "south").get(kind / 3 % 3);
      String source = List.of("", "10.0.0.1", "10.0.0.2").get(kind / 9 % 3);
      String route = List.of("patients", "search", "login").get(kind / 27 % 3);
      signals.add(
          Signals.signal(
              "s" + index,
              kind % 2 == 0 ? "injection" : "object-enumeration",
              NOON.plusSeconds(index * 9_000L * (kind % 4)),
              credential,
              account,
              source,
              route));
    }
    return signals;
  }

  /** A restart between any two groups. */
  private List<Incident> accepted(List<List<Signal>> groups) {
    try {
      Path fresh = Files.createTempDirectory(directory, "store");
      for (List<Signal> group : groups) {
        try (Store store = Store.open(fresh)) {
          var desk = new StoredIncidentDesk(store, new SettableClock(NOON));
          group.forEach(desk::accept);
        }
      }
      try (Store store = Store.open(fresh)) {
        return new StoredIncidentDesk(store, new SettableClock(NOON)).list();
      }
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
