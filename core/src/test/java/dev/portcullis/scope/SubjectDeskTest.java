package dev.portcullis.scope;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portcullis.crypto.Keyring;
import dev.portcullis.incident.SettableClock;
import dev.portcullis.incident.Signals;
import dev.portcullis.incident.StoredHoldDesk;
import dev.portcullis.incident.StoredIncidentDesk;
import dev.portcullis.incident.TimelineEntry;
import dev.portcullis.journal.FileJournal;
import dev.portcullis.journal.JournalEntry;
import dev.portcullis.journal.vault.Erasure;
import dev.portcullis.journal.vault.SubjectVault;
import dev.portcullis.journal.vault.Vaults;
import dev.portcullis.store.Store;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SubjectDeskTest {
  private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");
  private static final String THIEF = "203.0.113.66";
  private static final String OWNER = "192.0.2.1";

  @TempDir Path directory;
  private final SettableClock clock = new SettableClock(NOON.plusSeconds(3_600));
  private Store store;
  private SubjectVault vault;
  private FileJournal journal;
  private StoredIncidentDesk incidents;
  private StoredHoldDesk holds;
  private IncidentHolds held;
  private SubjectDesk desk;

  @BeforeEach
  void open() throws Exception {
    store = Store.open(directory);
    vault =
        SubjectVault.open(
            directory.resolve("vault.db"),
            Keyring.open(directory.resolve("keys")),
            clock,
            new SimpleMeterRegistry());
    journal = Vaults.journal(directory, vault);
    incidents = new StoredIncidentDesk(store, clock);
    holds = new StoredHoldDesk(store, clock);
    held = new IncidentHolds(holds, incidents, id -> new Criteria(incidents.signals(id)));
    desk = new SubjectDesk(vault, journal, incidents, held);
    // 0 to 4: the first three are the signal's evidence besides, 1 to 3
    read(0, "key-1", OWNER, "anna");
    read(1, "key-2", OWNER, "emil");
    read(2, "key-2", OWNER, "emil");
    read(3, "key-1", THIEF, "berta");
    read(4, "key-1", THIEF, "anna");
    read(5, "key-2", OWNER, "carla");
    incidents.accept(
        Signals.signal("s1", "injection", NOON, "key-1", "northside", THIEF, "patients"));
  }

  private void read(int second, String credential, String source, String subject) throws Exception {
    Vaults.record(journal, Vaults.about(NOON.plusSeconds(second), credential, source, subject));
  }

  @AfterEach
  void close() {
    journal.close();
    vault.close();
    store.close();
  }

  private static SubjectDesk.Request because(String reason) {
    return new SubjectDesk.Request("dora", reason, Optional.of("R-7"), false);
  }

  @Test
  void whoAsksIsToldHowOftenSinceWhenAndWhere() {
    SubjectRecord anna = desk.find("anna");
    assertThat(anna.pseudonym()).isEqualTo(vault.find("anna"));
    assertThat(anna.exchanges()).isEqualTo(2);
    assertThat(anna.first()).hasValue(NOON);
    assertThat(anna.last()).hasValue(NOON.plusSeconds(4));
    assertThat(anna.routes()).isEqualTo(Map.of("patients", 2L));
    assertThat(anna.accounts()).isEqualTo(Map.of("northside", 2L));
    assertThat(anna.dataClasses()).containsExactly("health");
    assertThat(anna.unknown()).isEmpty();
    assertThat(desk.find("nobody").pseudonym()).isEmpty();
    assertThat(vault.find("nobody")).as("asking gives no pseudonym").isEmpty();
  }

  @Test
  void anErasureIsRegisteredWithoutThePersonAndAfterItNobodyIsFound() {
    Erasure erasure = desk.erase("anna", because("Art. 17"));
    assertThat(desk.erasures()).containsExactly(erasure);
    assertThat(erasure.by()).isEqualTo("dora");
    assertThat(erasure.request()).hasValue("R-7");
    assertThat(erasure.despite()).isEmpty();
    assertThat(erasure.toString()).doesNotContain("anna");
    assertThat(desk.find("anna").pseudonym()).isEmpty();
    assertThatThrownBy(() -> desk.erase("anna", because("again")))
        .hasMessageContaining("Nobody is known")
        .hasMessageNotContaining("anna");
  }

  @Test
  void aReasonThatNamesThePersonIsRefused() {
    assertThatThrownBy(() -> desk.erase("anna", because("Anna wrote to us")))
        .hasMessageContaining("names the person");
    assertThatThrownBy(() -> desk.erase("anna", because(" "))).hasMessageContaining("reason");
    assertThat(desk.find("anna").pseudonym()).isPresent();
  }

  @Test
  void whoIsInTheScopeOfAnIncidentUnderHoldIsNotErasedUnlessThatIsSaidAndThenItIsOnRecord() {
    holds.place("INC-1", Optional.empty(), "dora", "claim");
    assertThatThrownBy(() -> desk.erase("anna", because("Art. 17")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("INC-1")
        .hasMessageContaining("--despite-hold")
        .hasMessageContaining("release-hold");
    assertThat(desk.find("anna").pseudonym()).isPresent();
    assertThat(desk.erase("carla", because("Art. 17"))).as("not in its scope").isNotNull();

    var despite = new SubjectDesk.Request("dora", "court order", Optional.empty(), true);
    Erasure erasure = desk.erase("anna", despite);
    assertThat(erasure.despite()).hasValue("INC-1");
    assertThat(incidents.timeline("INC-1"))
        .filteredOn(line -> line.kind().equals("erasure"))
        .singleElement()
        .extracting(TimelineEntry::text)
        .asString()
        .contains(erasure.pseudonym().toString(), "court order")
        .doesNotContain("anna");

    holds.release("INC-1", "dora", "settled");
    assertThat(desk.erase("berta", because("Art. 17")).despite()).isEmpty();
  }

  @Test
  void aHoldKeepsHostileExchangesAndEvidenceAndNothingElse() {
    assertThat(keptSequences()).isEmpty();
    holds.place("INC-1", Optional.empty(), "dora", "claim");
    // 1 to 3 by the signal's evidence, 3 and 4 by credential and source
    assertThat(keptSequences()).containsExactly(1L, 2L, 3L, 4L);
    holds.release("INC-1", "dora", "settled");
    assertThat(keptSequences()).isEmpty();
  }

  private java.util.List<Long> keptSequences() {
    var kept = new ArrayList<Long>();
    var now = held.current();
    assertThat(now.isEmpty()).isEqualTo(holds.inForce().isEmpty());
    try (var reader = journal.read(0)) {
      while (reader.hasNext()) {
        JournalEntry entry = reader.next();
        if (now.holds(entry)) {
          kept.add(entry.sequence());
        }
      }
    }
    return kept;
  }
}
