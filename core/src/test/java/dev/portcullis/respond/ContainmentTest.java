package dev.portcullis.respond;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portcullis.config.AccountSettings;
import dev.portcullis.config.ContainmentSettings;
import dev.portcullis.gate.blocklist.Restriction.Kind;
import dev.portcullis.incident.SettableClock;
import dev.portcullis.incident.Signals;
import dev.portcullis.incident.StoredIncidentDesk;
import dev.portcullis.incident.TimelineEntry;
import dev.portcullis.store.Store;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Orders, as the gate and the people meet them; on the real store. */
class ContainmentTest {
  private static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");

  @TempDir Path directory;
  private final SettableClock clock = new SettableClock(NOON);
  private final MemoryJournal journal = new MemoryJournal();
  private ListedBlocklist gate = new ListedBlocklist();
  private Store store;
  private StoredIncidentDesk desk;
  private StoredContainment containment;

  @BeforeEach
  void open() {
    gate = new ListedBlocklist();
    store = Store.open(directory);
    desk = new StoredIncidentDesk(store, clock);
    containment =
        new StoredContainment(
            store,
            gate,
            journal,
            desk,
            ContainmentSettings.DEFAULT,
            List.of(
                new AccountSettings("hospital", Set.of(), true),
                new AccountSettings("northside", Set.of(), false)),
            Set.of("patients", "search"),
            clock);
  }

  @AfterEach
  void close() {
    store.close();
  }

  private static Containment.Request request(Kind kind, String target, String author) {
    return new Containment.Request(
        kind, target, Optional.empty(), author, "stolen", Duration.ofHours(1));
  }

  private String incident() {
    return desk.accept(Signals.signal("s1", "injection", NOON, "key-1", "", "", ""))
        .incident()
        .id();
  }

  @Test
  void whenApplyReturnsTheNextRequestIsRefusedAndAfterReleaseItIsNot() {
    assertThat(gate.match("key-1", "northside")).isEmpty();

    Order order = containment.apply(request(Kind.REVOKE_CREDENTIAL, "key-1", "alice"));
    assertThat(gate.match("key-1", "northside").orElseThrow().order()).isEqualTo("ORD-1");
    assertThat(gate.match("key-2", "northside")).isEmpty();

    Order released = containment.release(order.id(), "bob", "a new key was issued");
    assertThat(gate.match("key-1", "northside")).isEmpty();
    assertThat(released.released().orElseThrow().author()).isEqualTo("bob");
    assertThat(containment.list()).containsExactly(released);
    assertThatThrownBy(() -> containment.release(order.id(), "bob", "again"))
        .hasMessageContaining("ORD-1 is not in force any more: released by bob");
  }

  @Test
  void anOrderEndsByItselfAndStaysInTheHistory() {
    String incident = incident();
    Order order =
        containment.apply(
            new Containment.Request(
                Kind.BLOCK_SOURCE,
                "192.0.2.0/24",
                Optional.of(incident),
                "alice",
                "scanner",
                Duration.ofMinutes(10)));
    clock.advance(Duration.ofMinutes(9));
    assertThat(containment.expire()).isZero();
    assertThat(gate.match("192.0.2.77", "patients", "GET")).isPresent();

    clock.advance(Duration.ofMinutes(1));
    assertThat(containment.expire()).isEqualTo(1);
    assertThat(containment.expire()).isZero();
    assertThat(gate.match("192.0.2.77", "patients", "GET")).isEmpty();
    assertThat(containment.list()).containsExactly(order);
    assertThat(desk.timeline(incident))
        .extracting(TimelineEntry::text)
        .anyMatch(text -> text.startsWith("ORD-1 in force until 2026-03-02T12:10:00Z: source"))
        .anyMatch(text -> text.equals("ORD-1 expired: no longer source 192.0.2.0/24 blocked"));
    assertThatThrownBy(() -> containment.release("ORD-1", "bob", "too late"))
        .hasMessageContaining("ended by itself");
  }

  @Test
  void afterARestartTheOrdersInForceAreInForceBeforeTheGateOpens() {
    containment.apply(request(Kind.REVOKE_CREDENTIAL, "key-1", "alice"));
    containment.apply(request(Kind.READ_ONLY_ROUTE, "patients", "alice"));
    Order released = containment.apply(request(Kind.SUSPEND_ACCOUNT, "northside", "alice"));
    containment.release(released.id(), "alice", "wrong account");
    store.close();

    open();

    assertThat(gate.match("key-1", "other")).isPresent();
    assertThat(gate.match("10.0.0.1", "patients", "POST")).isPresent();
    assertThat(gate.match("10.0.0.1", "patients", "GET")).isEmpty();
    assertThat(gate.match("key-2", "northside")).isEmpty();
    assertThat(containment.apply(request(Kind.CLOSE_ROUTE, "search", "alice")).id())
        .isEqualTo("ORD-4");
  }

  @Test
  void theSameOrderTwiceIsOneOrder() {
    Order first = containment.apply(request(Kind.BLOCK_SOURCE, "192.0.2.9/24", "alice"));
    Order second = containment.apply(request(Kind.BLOCK_SOURCE, "192.0.2.0/24", "bob"));

    assertThat(second).isEqualTo(first);
    assertThat(containment.list()).hasSize(1);
  }

  @Test
  void manyAtOnceGiveOneOrderEachAndAllAreInForce() throws Exception {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<Order>> calls =
          java.util.stream.IntStream.range(0, 24)
              .<Callable<Order>>mapToObj(n ->
                  () -> containment.apply(request(Kind.REVOKE_CREDENTIAL, "key-" + n % 8, "a")))
              .toList();
      for (var future : threads.invokeAll(calls)) {
        assertThat(future.get().isInForce(NOON)).isTrue();
      }
    }
    assertThat(containment.list()).hasSize(8);
    for (int n = 0; n < 8; n++) {
      assertThat(gate.match("key-" + n, "x")).isPresent();
    }
  }

  @Test
  void malformedTargetsAreRefusedWithWhatWasExpected() {
    assertThatThrownBy(() -> containment.apply(request(Kind.BLOCK_SOURCE, "example.com", "alice")))
        .hasMessageContaining("expected: an address such as");
    assertThatThrownBy(() -> containment.apply(request(Kind.CLOSE_ROUTE, "patient", "alice")))
        .hasMessage("route: 'patient' (expected: one of [patients, search])");
    assertThatThrownBy(() -> containment.apply(request(Kind.REVOKE_CREDENTIAL, "", "alice")))
        .hasMessageContaining("credential: ''");
    assertThatThrownBy(() -> containment.apply(request(Kind.SUSPEND_ACCOUNT, "a b", "alice")))
        .hasMessageContaining("without blanks");
    assertThatThrownBy(() ->
            containment.apply(
                new Containment.Request(
                    Kind.SUSPEND_ACCOUNT,
                    "a",
                    Optional.of("INC-7"),
                    "alice",
                    "why",
                    Duration.ofHours(1))))
        .hasMessageContaining("There is no incident 'INC-7'");
    assertThatThrownBy(() ->
            containment.apply(
                new Containment.Request(
                    Kind.SUSPEND_ACCOUNT, "a", Optional.empty(), "alice", "why", Duration.ZERO)))
        .hasMessageContaining("expiry: PT0S");
    assertThat(containment.list()).isEmpty();
  }

  @Test
  void halfTheInternetIsBlockedOnlyByAPerson() {
    for (String wide : List.of("0.0.0.0/0", "10.0.0.0/7", "::/0", "2001::/15")) {
      assertThatThrownBy(
              () -> containment.apply(request(Kind.BLOCK_SOURCE, wide, TimelineEntry.MACHINE)))
          .as(wide)
          .hasMessageContaining("only a person may block that much");
      assertThat(containment.apply(request(Kind.BLOCK_SOURCE, wide, "alice")).id()).isNotEmpty();
    }
    assertThat(gate.match("203.0.113.5", "patients", "GET")).isPresent();
  }

  @Test
  void aPreviewTellsWhomItWouldHaveHitInTheLastHour() {
    journal.served(NOON.minusSeconds(3_700), "key-9", "longago", "10.0.0.9", "patients", "GET");
    for (int n = 0; n < 10; n++) {
      journal.served(
          NOON.minusSeconds(600 - n), "key-" + n, "account-" + n, "10.0.0." + n, "patients", "GET");
    }
    journal.served(NOON.minusSeconds(5), "key-1", "account-1", "10.0.0.77", "search", "POST");

    Preview credential = containment.preview(Kind.REVOKE_CREDENTIAL, "key-1");
    assertThat(credential.exchanges()).isEqualTo(2);
    assertThat(credential.accounts()).containsExactly("account-1");
    assertThat(credential.sources()).containsExactly("10.0.0.1", "10.0.0.77");
    assertThat(credential.allAccounts()).isEqualTo(10);
    assertThat(credential.withinBudget()).isTrue();

    Preview route = containment.preview(Kind.CLOSE_ROUTE, "patients");
    assertThat(route.accounts()).hasSize(10);
    assertThat(route.withinBudget()).isFalse();
    assertThat(route.explanation()).contains("would hit 10 of 10 accounts", "may hit 2 together");

    assertThat(containment.preview(Kind.READ_ONLY_ROUTE, "search").exchanges()).isEqualTo(1);
    assertThat(containment.preview(Kind.READ_ONLY_ROUTE, "patients").exchanges()).isZero();
    assertThat(containment.preview(Kind.BLOCK_SOURCE, "10.0.0.0/29").accounts()).hasSize(8);
  }

  @Test
  void aSecondPreviewReadsOnlyWhatIsNewAndForgetsWhatIsOlderThanAnHour() {
    for (int n = 0; n < 5_000; n++) {
      journal.served(
          NOON.minusSeconds(7_200).plusMillis(n), "k", "old", "10.0.0.1", "search", "GET");
    }
    for (int n = 0; n < 1_000; n++) {
      journal.served(NOON.minusSeconds(60).plusMillis(n), "k", "a", "10.0.0.1", "search", "GET");
    }
    assertThat(containment.preview(Kind.CLOSE_ROUTE, "search").exchanges()).isEqualTo(1_000);
    assertThat(journal.entriesRead()).as("by halving, not from the start").isLessThan(1_100);

    long before = journal.entriesRead();
    journal.served(NOON, "k", "a", "10.0.0.1", "search", "GET");
    assertThat(containment.preview(Kind.CLOSE_ROUTE, "search").exchanges()).isEqualTo(1_001);
    assertThat(journal.entriesRead() - before).isEqualTo(1);

    clock.advance(Duration.ofHours(2));
    assertThat(containment.preview(Kind.CLOSE_ROUTE, "search").exchanges()).isZero();
  }

  @Test
  void automaticOrdersStayWithinTheBudgetTogetherAlsoWhenTheirTargetsHaveFallenSilent() {
    for (int n = 0; n < 10; n++) {
      journal.served(NOON, "key-" + n, "account-" + n, "10.0.0." + n, "patients", "GET");
    }
    assertThat(automatic("key-0")).isInstanceOf(StoredContainment.Attempt.InForce.class);
    assertThat(automatic("key-1")).isInstanceOf(StoredContainment.Attempt.InForce.class);
    assertThat(automatic("key-2"))
        .isInstanceOfSatisfying(
            StoredContainment.Attempt.NeedsPerson.class,
            needs -> assertThat(needs.reason()).contains("would be 3: beyond the budget"));

    clock.advance(Duration.ofHours(2));
    for (int n = 3; n < 10; n++) {
      journal.served(
          NOON.plus(Duration.ofHours(2)),
          "key-" + n,
          "account-" + n,
          "10.0.0." + n,
          "patients",
          "GET");
    }
    assertThat(automatic("key-3")).isInstanceOf(StoredContainment.Attempt.NeedsPerson.class);

    containment.release("ORD-1", "alice", "settled");
    containment.release("ORD-2", "alice", "settled");
    assertThat(automatic("key-3")).isInstanceOf(StoredContainment.Attempt.InForce.class);
  }

  private StoredContainment.Attempt automatic(String credential) {
    return containment.applyWithinBudget(
        new Containment.Request(
            Kind.REVOKE_CREDENTIAL,
            credential,
            Optional.empty(),
            TimelineEntry.MACHINE,
            "automatic",
            Duration.ofDays(7)),
        Set.of());
  }

  @Test
  void aProtectedAccountIsNeverHitAutomatically() {
    journal.served(NOON, "key-h", "hospital", "10.0.0.1", "patients", "GET");

    assertThat(automatic("key-h"))
        .isInstanceOfSatisfying(
            StoredContainment.Attempt.NeedsPerson.class,
            needs -> assertThat(needs.reason()).contains("Protected: hospital"));
    assertThat(containment.preview(Kind.SUSPEND_ACCOUNT, "hospital").withinBudget()).isFalse();
    assertThat(gate.match("key-h", "hospital")).isEmpty();
  }

  @Test
  void whatAPersonReleasedIsNotOrderedAgainByTheMachine() {
    assertThat(automatic("key-1")).isInstanceOf(StoredContainment.Attempt.InForce.class);
    containment.release("ORD-1", "alice", "it is our own test");

    assertThat(automatic("key-1"))
        .isInstanceOfSatisfying(
            StoredContainment.Attempt.NeedsPerson.class,
            needs -> assertThat(needs.reason()).contains("ORD-1 was released by a person"));
  }

  @Test
  void withADamagedJournalOnlyWhatNamesItsVictimIsDoneAutomatically() {
    journal.damage();

    assertThat(containment.preview(Kind.BLOCK_SOURCE, "10.0.0.1"))
        .satisfies(preview -> {
          assertThat(preview.withinBudget()).isFalse();
          assertThat(preview.explanation()).contains("segment 0 is damaged at byte 17");
        });
    assertThat(containment.preview(Kind.SUSPEND_ACCOUNT, "northside").withinBudget()).isTrue();
  }

  @Test
  void theHistoryOfOrdersCannotBeRewrittenEvenInTheStore() {
    containment.apply(request(Kind.REVOKE_CREDENTIAL, "key-1", "alice"));

    for (String attack :
        List.of(
            "DELETE FROM containment_order",
            "UPDATE containment_order SET author = 'bob'",
            "DELETE FROM containment_event",
            "UPDATE containment_event SET author = 'bob'")) {
      assertThatThrownBy(() -> store.jdbi().useHandle(handle -> handle.execute(attack)))
          .as(attack)
          .hasStackTraceContaining("SQLITE_CONSTRAINT_TRIGGER");
    }
  }
}
