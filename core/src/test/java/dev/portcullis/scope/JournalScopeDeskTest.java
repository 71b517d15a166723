package dev.portcullis.scope;

import static dev.portcullis.scope.testing.Samples.START;
import static dev.portcullis.scope.testing.Samples.exchange;
import static dev.portcullis.scope.testing.Samples.observed;
import static dev.portcullis.scope.testing.Samples.read;
import static dev.portcullis.scope.testing.Samples.signal;
import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.detect.Signal;
import dev.portcullis.journal.Observation;
import dev.portcullis.journal.Outcome;
import dev.portcullis.journal.Pseudonym;
import dev.portcullis.journal.Pseudonyms;
import dev.portcullis.journal.Revealed;
import dev.portcullis.scope.testing.MemoryIncidents;
import dev.portcullis.scope.testing.MemoryJournal;
import dev.portcullis.scope.testing.Samples;
import dev.portcullis.store.Store;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalScopeDeskTest {
  private static final String THIEF = "198.51.100.7";
  private static final String OWNER = "203.0.113.5";

  @TempDir Path directory;
  private Store store;
  private final MemoryJournal journal = new MemoryJournal();
  private final MemoryIncidents incidents = new MemoryIncidents();

  @BeforeEach
  void open() {
    store = Store.open(directory);
  }

  @AfterEach
  void close() {
    store.close();
  }

  private JournalScopeDesk desk(ScopeLimits limits) {
    return new JournalScopeDesk(
        journal,
        incidents,
        Samples.configuration(),
        store,
        InstantSource.fixed(START.plusSeconds(1_000)),
        limits);
  }

  private Scope scope(Signal... signals) {
    return desk(ScopeLimits.DEFAULT).determine(incidents.open("INC-1", signals));
  }

  @Test
  void theScopeIsExactlyWhatTheThiefReadAndNotWhatTheOwnerRead() {
    journal
        .add(read(1, "key-1", OWNER, "anna"))
        .add(read(2, "key-1", OWNER, "anna"))
        .add(read(2, "key-2", "192.0.2.1", "berta"))
        .add(read(3, "key-1", OWNER, "anna"))
        .add(read(10, "key-1", THIEF, "carla"))
        .add(read(11, "key-1", OWNER, "anna"))
        .add(read(12, "key-1", THIEF, "carla", "dora"))
        .add(exchange(13, "key-1", THIEF, "GET", 401, refused()));

    Scope scope = scope(signal("s1", "key-1", THIEF));

    assertThat(scope.subjects()).containsExactly(new Pseudonym("carla"), new Pseudonym("dora"));
    assertThat(scope.dataClasses()).isEqualTo(Map.of("health", 2L));
    assertThat(scope.exchanges()).isEqualTo(2);
    assertThat(scope.refused()).isEqualTo(1);
    assertThat(scope.bytes()).isEqualTo(200);
    assertThat(scope.routes()).isEqualTo(Map.of("patients", 2L));
    assertThat(scope.upstreams()).isEqualTo(Set.of("clinic"));
    assertThat(scope.firstHostile()).hasValue(START.plusSeconds(10));
    assertThat(scope.lastHostile()).hasValue(START.plusSeconds(12));
    assertThat(scope.journalEnd()).isEqualTo(8);
    assertThat(scope.unknown()).isEmpty();
    assertThat(scope.criteria())
        .anyMatch(line -> line.contains("credential key-1 from source " + THIEF))
        .anyMatch(line ->
            line.contains(OWNER) && line.contains("ordinary use") && line.contains("4 exchanges"));
  }

  @Test
  void anotherSourceThatAppearsOnlyAfterTheBreachBeganIsNamedAndNotCounted() {
    journal
        .add(read(10, "key-1", THIEF, "carla"))
        .add(read(20, "key-1", "203.0.113.99", "emil", "fritz"))
        .add(read(21, "key-1", "203.0.113.99", "emil"));

    Scope scope = scope(signal("s1", "key-1", THIEF));

    assertThat(scope.subjects()).containsExactly(new Pseudonym("carla"));
    assertThat(scope.unknown())
        .singleElement()
        .asString()
        .contains("key-1", "203.0.113.99", "2 exchanges, 2 data subjects, not counted", "Pivot P1");
  }

  @Test
  void whetherASourceCameBeforeTheBreachIsToldByTimeAndNotByOrderInTheJournal() {
    journal
        .add(read(10, "key-1", THIEF, "carla"))
        .add(read(1, "key-1", OWNER, "anna"))
        .add(read(2, "key-1", OWNER, "anna"))
        .add(read(5, "key-1", OWNER, "anna"));

    assertThat(scope(signal("s1", "key-1", THIEF)).unknown()).isEmpty();
  }

  @Test
  void anotherCredentialAtTheHostileSourceIsNamedAsAPivot() {
    journal
        .add(read(10, "key-1", THIEF, "carla"))
        .add(read(11, "key-9", THIEF, "gerd"))
        .add(read(12, "-", THIEF))
        .add(exchange(13, "key-8", THIEF, "GET", 403, refused()));

    Scope scope = scope(signal("s1", "key-1", THIEF));

    assertThat(scope.subjects()).containsExactly(new Pseudonym("carla"));
    assertThat(scope.unknown())
        .hasSize(2)
        .anyMatch(line ->
            line.contains("credential key-9 with source")
                && line.contains("1 exchanges, 1 data subjects"))
        .anyMatch(line -> line.contains("no credential with source"));
    assertThat(scope.criteria())
        .anyMatch(line -> line.contains("key-8") && line.contains("all refused"));
  }

  @Test
  void aPivotThatAnotherSignalNamesIsCounted() {
    journal.add(read(10, "key-1", THIEF, "carla")).add(read(11, "key-9", THIEF, "gerd"));

    Scope scope = scope(signal("s1", "key-1", THIEF), signal("s2", "key-9", THIEF));

    assertThat(scope.subjects()).containsExactly(new Pseudonym("carla"), new Pseudonym("gerd"));
    assertThat(scope.unknown()).isEmpty();
  }

  @Test
  void aSignalThatKnowsOnlyTheSourceMakesAllFromItHostile() {
    journal
        .add(read(10, "key-1", THIEF, "carla"))
        .add(read(11, "-", THIEF, "dora"))
        .add(read(12, "key-1", OWNER, "anna"));

    assertThat(scope(signal("s1", "-", THIEF)).subjects())
        .containsExactly(new Pseudonym("carla"), new Pseudonym("dora"));
  }

  @Test
  void aSignalThatKnowsOnlyTheCredentialMakesAllWithItHostile() {
    journal.add(read(10, "key-1", THIEF, "carla")).add(read(11, "key-2", THIEF, "dora"));

    assertThat(scope(signal("s1", "key-1", "-")).subjects())
        .containsExactly(new Pseudonym("carla"));
  }

  @Test
  void writesThatWentThroughAreListedAndThoseThatBrokeAreNamed() {
    journal
        .add(exchange(10, "key-1", THIEF, "DELETE", 204, new Outcome.Forwarded()))
        .add(exchange(11, "key-1", THIEF, "PUT", 404, new Outcome.Forwarded()))
        .add(exchange(12, "key-1", THIEF, "POST", 504, new Outcome.Failed("upstream-timeout")))
        .add(exchange(13, "key-1", THIEF, "POST", 502, new Outcome.Failed("upstream-refused")));

    Scope scope = scope(signal("s1", "key-1", THIEF));

    assertThat(scope.writes())
        .singleElement()
        .satisfies(write -> assertThat(write.method()).isEqualTo("DELETE"));
    assertThat(scope.unknown()).anyMatch(line -> line.startsWith("1 hostile writes failed midway"));
  }

  @Test
  void whatCouldNotBeReadIsNamedWithItsCount() {
    journal
        .skip(3)
        .add(observed(read(10, "key-1", THIEF, "carla"), Observation.PARTIAL))
        .add(observed(read(11, "key-1", THIEF), Observation.UNREADABLE))
        .add(
            exchange(12, "key-1", THIEF, "GET", 200, new Outcome.Failed("upstream-closed"), "dora"))
        .lose(2)
        .add(read(13, "key-1", THIEF, "emil"))
        .add(read(14, "key-1", THIEF, "fritz"))
        .damageFrom(7);

    Scope scope = scope(signal("s1", "key-1", THIEF));

    assertThat(scope.subjects())
        .extracting(Pseudonym::value)
        .containsExactly("carla", "dora", "emil");
    assertThat(scope.unknown())
        .anyMatch(
            line -> line.startsWith("1 hostile answers were read") && line.contains("first part"))
        .anyMatch(line -> line.startsWith("1 hostile answers could not be read"))
        .anyMatch(line -> line.startsWith("1 hostile answers broke off"))
        .anyMatch(line -> line.contains("3 earlier exchanges are no longer kept"))
        .anyMatch(line -> line.startsWith("2 exchanges were not recorded"))
        .anyMatch(line -> line.contains("cannot be read from sequence 7"));
  }

  @Test
  void beyondTheLimitOfSubjectsTheRestIsNamed() {
    journal.add(read(10, "key-1", THIEF, "a", "b", "c", "d"));

    Scope scope =
        desk(new ScopeLimits(3, 10, 10, 10, 10))
            .determine(incidents.open("INC-1", signal("s1", "key-1", THIEF)));

    assertThat(scope.subjects()).hasSize(3);
    assertThat(scope.unknown())
        .singleElement()
        .asString()
        .contains("limit of 3 distinct data subjects");
  }

  @Test
  void manyOtherSourcesAreSummedUpAndNeverFollowedWithoutBound() {
    journal.add(read(10, "key-1", THIEF, "a"));
    for (int i = 0; i < 50; i++) {
      journal.add(read(20 + i, "key-1", "192.0.2." + i, "b" + i));
    }

    Scope scope =
        desk(new ScopeLimits(100, 5, 20, 10, 10))
            .determine(incidents.open("INC-1", signal("s1", "key-1", THIEF)));

    assertThat(scope.subjects()).hasSize(1);
    assertThat(scope.unknown())
        .hasSize(12)
        .anyMatch(line -> line.startsWith("10 further uses"))
        .anyMatch(line -> line.startsWith("30 exchanges of further sources"));
  }

  @Test
  void withoutAHostileExchangeTheScopeSaysSo() {
    journal.add(read(1, "key-2", "192.0.2.1", "berta"));

    Scope scope = scope(signal("s1", "key-1", THIEF));

    assertThat(scope.firstHostile()).isEmpty();
    assertThat(scope.unknown()).anyMatch(line -> line.contains("No exchange in the journal"));
  }

  @Test
  void aLaterDeterminationSupersedesAndTheEarlierStaysOnRecord() {
    journal.add(read(10, "key-1", THIEF, "carla"));
    JournalScopeDesk desk = desk(ScopeLimits.DEFAULT);
    var incident = incidents.open("INC-1", signal("s1", "key-1", THIEF));
    Scope first = desk.determine(incident);
    journal.add(exchange(11, "key-1", THIEF, "PUT", 200, new Outcome.Forwarded(), "dora"));
    Scope second = desk.determine(incident);

    assertThat(desk.last("INC-1")).hasValue(second);
    assertThat(desk.history("INC-1", 10)).containsExactly(second, first);
    assertThat(desk.last("INC-2")).isEmpty();
  }

  @Test
  void thoseAllowedSeeTheSubjectsInClearAndWhoWasErasedStillCounts() {
    journal.add(read(10, "key-1", THIEF, "carla", "anna"));
    Instant erased = Instant.parse("2026-11-25T10:00:00Z");
    Pseudonyms pseudonyms =
        new Pseudonyms() {
          @Override
          public Pseudonym of(String subject) {
            return new Pseudonym(subject);
          }

          @Override
          public Revealed reveal(Pseudonym pseudonym) {
            return pseudonym.value().equals("carla")
                ? new Revealed.Known("Carla C.")
                : new Revealed.Erased(erased);
          }
        };

    assertThat(Scopes.reveal(scope(signal("s1", "key-1", THIEF)), pseudonyms))
        .containsExactly(new Revealed.Erased(erased), new Revealed.Known("Carla C."));
  }

  private static Outcome refused() {
    return new Outcome.Refused("containment", "key-revoked");
  }
}
