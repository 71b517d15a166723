package dev.portcullis.incident;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portcullis.store.Store;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HoldDeskTest {
  private static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");

  @TempDir Path directory;
  private final SettableClock clock = new SettableClock(NOON);
  private Store store;
  private StoredIncidentDesk incidents;
  private StoredHoldDesk holds;

  @BeforeEach
  void open() {
    store = Store.open(directory);
    incidents = new StoredIncidentDesk(store, clock);
    holds = new StoredHoldDesk(store, clock);
    incidents.accept(
        Signals.signal("s1", "injection", NOON, "key-1", "northside", "192.0.2.1", "patients"));
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void aHoldStandsWithWhoWhenWhyAndUntilInTheTimelineAndEndsWhenReleased() {
    Hold hold = holds.place("INC-1", Optional.empty(), "dora", "claim 4 O 17/26");
    assertThat(hold.id()).isEqualTo("HLD-1");
    assertThat(hold.placedBy()).isEqualTo("dora");
    assertThat(hold.placedAt()).isEqualTo(NOON);
    assertThat(holds.inForce()).containsExactly(hold);
    assertThat(holds.inForce("INC-1")).hasValue(hold);
    clock.advance(Duration.ofDays(400));
    assertThat(holds.inForce("INC-1")).hasValue(hold);
    Hold released = holds.release("INC-1", "emil", "settled");
    assertThat(released.release())
        .hasValue(new Hold.Release(NOON.plus(Duration.ofDays(400)), "emil", "settled"));
    assertThat(holds.inForce()).isEmpty();
    assertThat(holds.of("INC-1")).containsExactly(released);
    assertThat(incidents.timeline("INC-1"))
        .filteredOn(line -> line.kind().equals("hold"))
        .extracting(TimelineEntry::text)
        .containsExactly(
            "Legal hold HLD-1 until it is released: claim 4 O 17/26",
            "Legal hold HLD-1 released: settled");
  }

  @Test
  void aHoldRunsOutByItselfAtItsEnd() {
    holds.place("INC-1", Optional.of(NOON.plusSeconds(60)), "dora", "claim");
    clock.advance(Duration.ofSeconds(59));
    assertThat(holds.inForce()).hasSize(1);
    clock.advance(Duration.ofSeconds(1));
    assertThat(holds.inForce()).isEmpty();
    assertThatThrownBy(() -> holds.release("INC-1", "dora", "settled"))
        .hasMessageContaining("not under a legal hold");
  }

  @Test
  void aSecondHoldTakesTheFirstOnesPlaceWithoutAMomentBetween() {
    holds.place("INC-1", Optional.of(NOON.plusSeconds(60)), "dora", "claim");
    Hold second = holds.place("INC-1", Optional.empty(), "dora", "appeal");
    assertThat(holds.inForce()).containsExactly(second);
    assertThat(holds.of("INC-1").getLast().release().orElseThrow().reason())
        .isEqualTo("replaced: appeal");
  }

  @Test
  void whatMakesNoSenseIsRefused() {
    assertThatThrownBy(() -> holds.place("INC-9", Optional.empty(), "dora", "claim"))
        .hasMessageContaining("INC-9");
    assertThatThrownBy(() -> holds.place("INC-1", Optional.empty(), "dora", " "))
        .hasMessageContaining("reason");
    assertThatThrownBy(() -> holds.place("INC-1", Optional.of(NOON), "dora", "claim"))
        .hasMessageContaining("over already");
    assertThat(holds.of("INC-1")).isEmpty();
  }

  @Test
  void theStoreLetsNobodyRewriteAHold() {
    holds.place("INC-1", Optional.empty(), "dora", "claim");
    assertThatThrownBy(
            () -> store.jdbi().useHandle(handle -> handle.execute("DELETE FROM incident_hold")))
        .hasMessageContaining("never deleted");
    assertThatThrownBy(() ->
            store
                .jdbi()
                .useHandle(handle -> handle.execute("UPDATE incident_hold SET reason = 'x'")))
        .hasMessageContaining("never changed");
  }
}
