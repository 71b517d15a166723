package dev.portcullis.scope;

import static dev.portcullis.scope.testing.Samples.START;
import static dev.portcullis.scope.testing.Samples.by;
import static dev.portcullis.scope.testing.Samples.read;
import static dev.portcullis.scope.testing.Samples.signal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portcullis.detect.Signal;
import dev.portcullis.incident.Incident;
import dev.portcullis.journal.Client;
import dev.portcullis.journal.Pseudonym;
import dev.portcullis.scope.testing.MemoryIncidents;
import dev.portcullis.scope.testing.MemoryJournal;
import dev.portcullis.scope.testing.Samples;
import dev.portcullis.store.Store;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PivotTest {
  private static final String THIEF = "198.51.100.7";
  private static final Client TOOL =
      new Client(Optional.of("t13d_tool"), Optional.of("curl"), Optional.empty());
  private static final Client BROWSER =
      new Client(Optional.of("t13d_browser"), Optional.of("firefox"), Optional.empty());

  @TempDir Path directory;
  private Store store;
  private final MemoryJournal journal = new MemoryJournal();
  private final MemoryIncidents incidents = new MemoryIncidents();

  @BeforeEach
  void open() {
    store = Store.open(directory);
    for (int i = 0; i < 5; i++) {
      journal.add(by(BROWSER, read(i, "key-1", "203.0.113.5", "anna")));
    }
  }

  @AfterEach
  void close() {
    store.close();
  }

  private JournalScopeDesk desk() {
    return new JournalScopeDesk(
        journal, incidents, Samples.configuration(), store, InstantSource.fixed(START));
  }

  private Incident incident() {
    return incidents.find("INC-1").orElseGet(() -> incidents.open("INC-1", stolen()));
  }

  private static Signal signalOf(String credential, String source) {
    return signal("s-" + credential, credential, source);
  }

  private static Signal stolen() {
    return signalOf("key-1", THIEF);
  }

  private static Pivot only(Scope scope) {
    assertThat(scope.pivots()).filteredOn(each -> each.state() == Pivot.State.UNDECIDED).hasSize(1);
    return scope.pivots().stream()
        .filter(each -> each.state() == Pivot.State.UNDECIDED)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void theScopeGrowsByWhatIsAcceptedUntilItCloses() {
    journal
        .add(by(TOOL, read(100, "key-1", THIEF, "carla")))
        .add(by(TOOL, read(110, "key-9", THIEF, "gerd")))
        .add(by(TOOL, read(120, "key-9", "192.0.2.77", "hans")));
    Scope first = desk().determine(incident());
    assertThat(first.subjects()).containsExactly(new Pseudonym("carla"));
    assertThat(first.isClosed()).isFalse();
    Pivot source =
        first.pivots().stream()
            .filter(each -> each.kind() == Pivot.Kind.SOURCE)
            .findFirst()
            .orElseThrow();
    assertThat(source.strength()).isGreaterThan(0.9);

    Scope second = desk().decide(incident(), source.id(), true, "anna", "the same tool");
    assertThat(second.subjects()).contains(new Pseudonym("gerd"));
    Scope third = desk().decide(incident(), only(second).id(), true, "anna", "and there too");

    assertThat(third.subjects())
        .extracting(Pseudonym::value)
        .containsExactly("carla", "gerd", "hans");
    assertThat(third.isClosed()).isTrue();
    assertThat(third.unknown()).isEmpty();
    assertThat(third.criteria()).anyMatch(line -> line.contains("accepted by anna"));
    assertThat(incidents.timeline("INC-1"))
        .hasSize(2)
        .allMatch(entry -> entry.author().equals("anna") && entry.kind().equals("scope"));
  }

  @Test
  void whatIsRejectedIsNotProposedAgainAndNotUnknown() {
    journal
        .add(by(TOOL, read(100, "key-1", THIEF, "carla")))
        .add(by(TOOL, read(110, "key-9", THIEF, "gerd")));
    Pivot pivot = only(desk().determine(incident()));
    Scope scope = desk().decide(incident(), pivot.id(), false, "anna", "our monitoring");

    assertThat(scope.subjects()).containsExactly(new Pseudonym("carla"));
    assertThat(scope.unknown()).isEmpty();
    assertThat(scope.isClosed()).isTrue();
    assertThat(desk().determine(incident()).pivots())
        .singleElement()
        .satisfies(each -> {
          assertThat(each.state()).isEqualTo(Pivot.State.REJECTED);
          assertThat(each.decision().orElseThrow().reason()).isEqualTo("our monitoring");
        });
  }

  @Test
  void aPivotKeepsItsNameFromDeterminationToDetermination() {
    journal
        .add(by(TOOL, read(100, "key-1", THIEF, "carla")))
        .add(by(TOOL, read(110, "key-9", THIEF, "gerd")));
    String before = only(desk().determine(incident())).id();
    journal.add(by(TOOL, read(111, "key-9", THIEF, "hans")));
    Pivot after = only(desk().determine(incident()));
    assertThat(after.id()).isEqualTo(before);
    assertThat(after.exchanges()).isEqualTo(2);
    assertThat(desk().pivots("INC-1")).containsExactly(after);
  }

  @Test
  void aLaterDecisionSupersedesAndBothStayInTheTimeline() {
    journal
        .add(by(TOOL, read(100, "key-1", THIEF, "carla")))
        .add(by(TOOL, read(110, "key-9", THIEF, "gerd")));
    Pivot pivot = only(desk().determine(incident()));
    desk().decide(incident(), pivot.id(), true, "anna", "the same tool");
    Scope scope = desk().decide(incident(), pivot.id(), false, "bert", "it was me");
    assertThat(scope.subjects()).containsExactly(new Pseudonym("carla"));
    assertThat(incidents.timeline("INC-1")).hasSize(2);
  }

  @Test
  void aTokenOfTheSameLoginIsTiedThoughNothingElseIsShared() {
    var login = new Client(Optional.of("t13d_tool"), Optional.empty(), Optional.of("login-1"));
    var other = new Client(Optional.of("t13d_phone"), Optional.empty(), Optional.of("login-1"));
    journal
        .add(by(login, read(100, "key-1", THIEF, "carla")))
        .add(by(other, read(130, "key-5", "192.0.2.200", "ida")));
    Pivot pivot = only(desk().determine(incident()));
    assertThat(pivot.kind()).isEqualTo(Pivot.Kind.SESSION);
    assertThat(pivot.terms()).containsExactly(Term.ofSession("login-1"));
  }

  @Test
  void theSameToolElsewhereIsTiedButABrowserThatManyUseIsNot() {
    for (int i = 0; i < 300; i++) {
      journal.add(by(BROWSER, read(10 + i / 10, "key-b" + i, "192.0.2." + i % 250, "p" + i)));
    }
    journal
        .add(by(TOOL, read(100, "key-1", THIEF, "carla")))
        .add(by(BROWSER, read(105, "key-1", THIEF, "dora")))
        .add(by(TOOL, read(140, "key-7", "192.0.2.201", "ida")))
        .add(by(BROWSER, read(150, "key-8", "192.0.2.202", "jan")));
    Scope scope = desk().determine(incident());
    Pivot pivot = only(scope);
    assertThat(pivot.kind()).isEqualTo(Pivot.Kind.CLIENT);
    assertThat(pivot.others()).containsExactly("credential key-7 from 192.0.2.201");
  }

  @Test
  void aColleagueBehindTheSameAddressWithOtherSoftwareIsNotTied() {
    for (int i = 0; i < 5; i++) {
      journal.add(by(BROWSER, read(10 + i, "key-2", THIEF, "berta")));
    }
    journal
        .add(by(TOOL, read(100, "key-1", THIEF, "carla")))
        .add(by(BROWSER, read(101, "key-2", THIEF, "berta")));
    Scope scope = desk().determine(incident());
    assertThat(scope.isClosed()).isTrue();
    assertThat(scope.unknown()).isEmpty();
    assertThat(scope.criteria()).anyMatch(line -> line.contains("by other software"));
  }

  @Test
  void manyNewOnesAreProposedTogether() {
    journal.add(by(TOOL, read(100, "key-1", THIEF, "carla")));
    for (int i = 0; i < 60; i++) {
      journal.add(by(TOOL, read(110 + i, "key-m" + i, THIEF, "m" + i)));
    }
    Pivot pivot = only(desk().determine(incident()));
    assertThat(pivot.uses()).isEqualTo(60);
    assertThat(pivot.terms()).hasSize(60);
    assertThat(pivot.subjects()).isEqualTo(60);
    Scope scope = desk().decide(incident(), pivot.id(), true, "anna", "one tool, many keys");
    assertThat(scope.subjects()).hasSize(61);
    assertThat(scope.isClosed()).isTrue();
  }

  @Test
  void onlyAPersonWithAReasonDecides() {
    journal.add(read(100, "key-1", THIEF, "carla")).add(read(110, "key-9", THIEF, "gerd"));
    String id = only(desk().determine(incident())).id();
    assertThatThrownBy(() -> desk().decide(incident(), id, true, "portcullis", "sure"))
        .hasMessageContaining("by a person only");
    assertThatThrownBy(() -> desk().decide(incident(), id, true, "anna", ""))
        .hasMessageContaining("A reason");
    assertThatThrownBy(() -> desk().decide(incident(), "P9", true, "anna", "sure"))
        .hasMessageContaining("There is no pivot 'P9'");
  }

  @Test
  void aNewHostileExchangeLetsTheScopeFollow() {
    journal.add(read(100, "key-1", THIEF, "carla"));
    JournalScopeDesk desk = desk();
    desk.determine(incident());
    journal.add(read(101, "key-2", "192.0.2.1", "berta"));
    assertThat(desk.refresh(incident())).isFalse();
    journal.add(read(102, "key-1", THIEF, "dora"));
    assertThat(desk.refresh(incident())).isTrue();
    assertThat(desk.last("INC-1").orElseThrow().subjects()).hasSize(2);
    assertThat(desk.refresh(incident())).isFalse();
  }

  @Test
  void somebodyAsksAboutNamesAndAWindow() {
    journal
        .add(by(TOOL, read(100, "key-1", THIEF, "carla")))
        .add(by(BROWSER, read(101, "key-1", "203.0.113.5", "anna")))
        .add(by(TOOL, read(500, "key-1", THIEF, "dora")));
    Scope scope =
        desk()
            .ask(
                new Question(
                    Set.of("key-1"),
                    Set.of(),
                    Set.of(),
                    Set.of(),
                    Set.of(),
                    Optional.of(START.plusSeconds(50)),
                    Optional.of(START.plusSeconds(200))));
    assertThat(scope.subjects()).extracting(Pseudonym::value).containsExactly("anna", "carla");
    assertThat(scope.split().owner()).isEqualTo(new Split.Part(1, 0, 1));
    assertThat(scope.split().thief()).isEqualTo(new Split.Part(1, 0, 1));
    assertThatThrownBy(() ->
            new Question(
                Set.of(),
                Set.of(),
                Set.of(),
                Set.of(),
                Set.of(),
                Optional.empty(),
                Optional.empty()))
        .hasMessageContaining("A scope of 0 names");
  }

  @Test
  void whatOnlySaysThatNothingChangedIsNoDisclosure() {
    journal.add(Samples.answered(read(100, "key-1", THIEF, "carla"), "GET", 304));
    journal.add(Samples.answered(read(101, "key-1", THIEF, "dora"), "HEAD", 200));
    journal.add(read(102, "key-1", THIEF, "emil"));
    Scope scope = desk().determine(incident());
    assertThat(scope.subjects()).containsExactly(new Pseudonym("emil"));
    assertThat(scope.notModified()).isEqualTo(1);
    assertThat(scope.records()).isEqualTo(1);
    assertThat(scope.exchanges()).isEqualTo(3);
  }

  @Test
  void aScopeThatAnEarlierVersionKeptIsStillRead() {
    store
        .jdbi()
        .useHandle(handle ->
            handle.execute(
                "INSERT INTO scope_determination (incident, revision, computed_at, journal_end,"
                    + " document) VALUES ('INC-1', 1, 0, 3, ?)",
                """
                {"incident":"INC-1","computedAt":"2026-11-24T10:00:00Z","journalEnd":3,
                "firstHostile":null,"lastHostile":null,"exchanges":1,"refused":0,"bytes":9,
                "routes":{},"upstreams":[],"dataClasses":{},"subjects":[],"writes":[
                {"sequence":2,"at":"2026-11-24T10:00:00Z","method":"PUT","path":"/x","status":200}],
                "criteria":[],"unknown":[]}
                """));
    Scope scope = desk().last("INC-1").orElseThrow();
    assertThat(scope.split()).isEqualTo(Split.NONE);
    assertThat(scope.isClosed()).isTrue();
    assertThat(scope.writes()).singleElement().satisfies(w -> assertThat(w.subjects()).isEmpty());
  }
}
