package dev.portcullis.learn;

import static dev.portcullis.scope.testing.Samples.START;
import static dev.portcullis.scope.testing.Samples.scope;
import static dev.portcullis.scope.testing.Samples.signal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portcullis.config.NotificationSettings;
import dev.portcullis.config.ObligationSettings;
import dev.portcullis.gate.blocklist.Restriction;
import dev.portcullis.incident.Incident;
import dev.portcullis.notify.StoredNoticeDesk;
import dev.portcullis.obligation.RuleBook;
import dev.portcullis.obligation.StoredObligationDesk;
import dev.portcullis.recover.RecoveryDesk;
import dev.portcullis.recover.RecoveryPoint;
import dev.portcullis.recover.RestoreReport;
import dev.portcullis.respond.Containment;
import dev.portcullis.respond.Order;
import dev.portcullis.respond.Preview;
import dev.portcullis.scope.Scope;
import dev.portcullis.scope.ScopeDesk;
import dev.portcullis.scope.testing.MemoryIncidents;
import dev.portcullis.store.Store;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoredReviewDeskTest {
  private static final Instant SIGNAL = START.plusSeconds(600);
  private static final ObligationSettings OBLIGATIONS =
      new ObligationSettings(
          Set.of("gdpr-33"), List.of(), new ObligationSettings.Controller("Clinic", "dpo"));

  @TempDir Path directory;
  private Store store;
  private Instant now = SIGNAL.plusSeconds(60);
  private Optional<Scope> scope = Optional.of(scope(12, Set.of("health"), List.of("a <b>gap</b>")));
  private final MemoryIncidents incidents = new MemoryIncidents();
  private final List<Order> orders = new ArrayList<>();
  private final List<RestoreReport> restores = new ArrayList<>();
  private final Incident incident = incidents.open("INC-1", signal("s1", "key-1", "198.51.100.7"));

  @BeforeEach
  void open() {
    store = Store.open(directory);
  }

  @AfterEach
  void close() {
    store.close();
  }

  private StoredReviewDesk desk() {
    var obligations = new StoredObligationDesk(store, OBLIGATIONS, RuleBook.load(), () -> now);
    var notices =
        new StoredNoticeDesk(
            store,
            new NotificationSettings(
                Optional.empty(), NotificationSettings.Sending.AFTER_APPROVAL, List.of()),
            OBLIGATIONS.controller(),
            RuleBook.load(),
            incidents,
            obligations,
            _ -> Optional.empty(),
            () -> now);
    scope.ifPresent(each -> notices.draft(incident, each, obligations.start(incident, each)));
    return new StoredReviewDesk(
        store,
        incidents,
        new KnownScope(),
        new KnownOrders(),
        obligations,
        notices,
        new KnownRestores(),
        () -> now);
  }

  private void respond() {
    orders.add(
        new Order(
            "ORD-1",
            Restriction.Kind.REVOKE_CREDENTIAL,
            "key-1",
            Optional.of("INC-1"),
            "portcullis",
            "playbook",
            SIGNAL.plusMillis(42),
            SIGNAL.plus(Duration.ofDays(7)),
            Optional.empty()));
    var point = new RecoveryPoint("db/1", "db", START, "offsite/1", 4_096, "00");
    restores.add(
        new RestoreReport(
            "RST-1",
            "db",
            Optional.of("INC-1"),
            point,
            START.plusSeconds(300),
            SIGNAL.plusSeconds(2),
            "clinic.db",
            true,
            Duration.ofMinutes(5),
            Duration.ofSeconds(3),
            true,
            List.of("content"),
            Optional.empty()));
  }

  @Test
  void theReviewTellsWhatHappenedWhatItReachedAndHowLongItTook() {
    respond();

    String text = desk().draft("INC-1").markdown();

    assertThat(text)
        .contains("# Post-mortem of INC-1 (draft)")
        .contains("The first hostile request came at 2026-11-24T10:05:00Z")
        .contains("12 data subjects were reached", "Data class health: 12 data subjects")
        .contains("| first hostile request | first signal | 5 min 0 s |")
        .contains("| first signal | first containment order | 42 ms |")
        .contains("| first signal | verified live restore | 5 s 0 ms |")
        .contains("ORD-1 at", "revoke credential key-1")
        .contains("gdpr-33", "due 2026-11-27T10:10:00Z")
        .contains("NOT-1 for gdpr-33 to supervisory-authority: draft")
        .contains(
            "RST-1: db restored live", "5 min 0 s of data lost (RPO), 3 s 0 ms until done (RTO)")
        .contains("5. Why was that so in our way of working?")
        .contains("Owner: to be assigned");
  }

  @Test
  void whatIsNotKnownIsSaidAndNotInvented() {
    scope = Optional.empty();

    assertThat(desk().draft("INC-1").markdown())
        .contains("The scope has not been determined")
        .contains("| first hostile request | first signal | not known |")
        .contains("No containment was ordered", "Nothing was restored");
  }

  @Test
  void whatAnAttackerChoseCannotBecomeMarkup() {
    incidents.record(
        "INC-1",
        SIGNAL,
        "portcullis",
        "note",
        "GET /<script>alert(1)</script> | ![x](https://evil.example/a) www.evil.example"
            + " a@evil.example\n"
            + "# Heading `code`");

    String text = desk().draft("INC-1").markdown();

    String row = text.lines().filter(line -> line.contains("script")).findFirst().orElseThrow();
    assertThat(row)
        .contains("&lt;script&gt;", "&#124;", "\\!\\[x\\]\\(https:&#47;/evil.example")
        .contains("www&#46;evil", "a&#64;evil", "\\# Heading \\`code\\`")
        .doesNotContain("<script");
    assertThat(row.chars().filter(each -> each == '|').count()).as("cells of the row").isEqualTo(5);
    assertThat(text).contains("a &lt;b&gt;gap&lt;/b&gt;").doesNotContain("<b>");
  }

  @Test
  void theSameRecordsGiveTheSameDraft() {
    respond();
    StoredReviewDesk desk = desk();

    PostMortem first = desk.draft("INC-1");
    now = now.plusSeconds(5);
    PostMortem second = desk.draft("INC-1");

    assertThat(second.markdown()).isEqualTo(first.markdown());
    assertThat(desk.last("INC-1")).hasValue(second);
    assertThat(desk.last("INC-2")).isEmpty();
  }

  @Test
  void anUnknownIncidentIsRefused() {
    assertThatThrownBy(() -> desk().draft("INC-9"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("INC-9");
  }

  private final class KnownScope implements ScopeDesk {
    @Override
    public Scope determine(Incident which) {
      throw new UnsupportedOperationException("a review determines no scope");
    }

    @Override
    public Optional<Scope> last(String which) {
      return scope;
    }
  }

  private final class KnownOrders implements Containment {
    @Override
    public Order apply(Containment.Request request) {
      throw new UnsupportedOperationException("a review orders nothing");
    }

    @Override
    public Preview preview(Restriction.Kind kind, String target) {
      throw new UnsupportedOperationException("a review orders nothing");
    }

    @Override
    public Order release(String order, String author, String reason) {
      throw new UnsupportedOperationException("a review orders nothing");
    }

    @Override
    public List<Order> list() {
      return orders;
    }
  }

  private final class KnownRestores implements RecoveryDesk {
    @Override
    public Optional<dev.portcullis.recover.engine.Progress> progress(String asset) {
      throw new UnsupportedOperationException();
    }

    @Override
    public boolean cancel(String asset) {
      throw new UnsupportedOperationException();
    }

    @Override
    public List<dev.portcullis.recover.AssetBackups> backups() {
      throw new UnsupportedOperationException();
    }

    @Override
    public RecoveryPoint backup(String asset) {
      throw new UnsupportedOperationException("a review restores nothing");
    }

    @Override
    public List<RecoveryPoint> points(String asset) {
      return List.of();
    }

    @Override
    public RestoreReport restore(RecoveryDesk.Request request) {
      throw new UnsupportedOperationException("a review restores nothing");
    }

    @Override
    public List<RestoreReport> reports() {
      return restores;
    }
  }
}
