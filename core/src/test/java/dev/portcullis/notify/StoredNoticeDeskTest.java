package dev.portcullis.notify;

import static dev.portcullis.scope.testing.Samples.START;
import static dev.portcullis.scope.testing.Samples.scope;
import static dev.portcullis.scope.testing.Samples.signal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portcullis.config.Endpoint;
import dev.portcullis.config.NotificationSettings;
import dev.portcullis.config.NotificationSettings.Smtp;
import dev.portcullis.config.NotificationSettings.Stakeholder;
import dev.portcullis.config.ObligationSettings;
import dev.portcullis.incident.Incident;
import dev.portcullis.incident.TimelineEntry;
import dev.portcullis.notify.Notice.State;
import dev.portcullis.obligation.Clock;
import dev.portcullis.obligation.RuleBook;
import dev.portcullis.obligation.StoredObligationDesk;
import dev.portcullis.scope.Scope;
import dev.portcullis.scope.testing.MemoryIncidents;
import dev.portcullis.store.Store;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoredNoticeDeskTest {
  private static final Stakeholder AUTHORITY =
      new Stakeholder("State DPA", "supervisory-authority", "breach@dpa.example");
  private static final Scope SCOPE = scope(12, Set.of("health"), List.of());
  private static final ObligationSettings.Controller CONTROLLER =
      new ObligationSettings.Controller("Clinic Söderholm", "Dr. Åsa Berg, dpo@clinic.example");

  @TempDir Path directory;
  private Store store;
  private MailServer server;
  private Instant now = START.plusSeconds(700);
  private final MemoryIncidents incidents = new MemoryIncidents();
  private final Incident incident = incidents.open("INC-1", signal("s1", "key-1", "198.51.100.7"));
  private StoredObligationDesk obligations;

  @BeforeEach
  void open() {
    store = Store.open(directory);
    server = MailServer.open();
    obligations =
        new StoredObligationDesk(
            store,
            new ObligationSettings(Set.of("gdpr-33"), List.of(), CONTROLLER),
            RuleBook.load(),
            () -> now);
  }

  @AfterEach
  void close() {
    server.close();
    store.close();
  }

  private StoredNoticeDesk desk(Optional<Endpoint> mail, Stakeholder... stakeholders) {
    return desk(
        mail.map(each -> new Smtp(each, "gate@clinic.example", false, Optional.empty())),
        stakeholders,
        CONTROLLER);
  }

  private StoredNoticeDesk desk(
      Optional<Smtp> smtp, Stakeholder[] stakeholders, ObligationSettings.Controller controller) {
    return new StoredNoticeDesk(
        store,
        new NotificationSettings(
            smtp, NotificationSettings.Sending.AFTER_APPROVAL, List.of(stakeholders)),
        controller,
        RuleBook.load(),
        incidents,
        obligations,
        _ -> Optional.empty(),
        () -> now);
  }

  private StoredNoticeDesk desk() {
    return desk(Optional.of(server.endpoint()), AUTHORITY);
  }

  private List<Notice> draft(StoredNoticeDesk desk, Scope scope) {
    return desk.draft(incident, scope, obligations.start(incident, scope));
  }

  private Notice only(StoredNoticeDesk desk) {
    return desk.list("INC-1").getFirst();
  }

  @Test
  void theDraftHasEverythingThatArticle33AsksAndNamesWhatIsMissing() {
    incidents.record("INC-1", START.plusSeconds(601), "portcullis", "order", "key-1 revoked");

    Notice notice = draft(desk(), SCOPE).getFirst();

    assertThat(notice.id()).isEqualTo("NOT-1");
    assertThat(notice.state()).isEqualTo(State.DRAFT);
    assertThat(notice.recipient()).isEqualTo("State DPA");
    assertThat(notice.email()).isEqualTo("breach@dpa.example");
    assertThat(notice.body())
        .contains(
            "Nature of the breach", "object-enumeration", "12 of them were answered, 7 refused")
        .contains("Began: 24 November 2026, 10:05:00 UTC")
        .contains("Data subjects concerned", "Approximate number: 12")
        .contains("Category health: 12")
        .contains("Dr. Åsa Berg, dpo@clinic.example")
        .contains("health: disclosure of intimate facts")
        .contains(
            "Containment, restricting access: first recorded at 24 November 2026, 10:10:01 UTC")
        .contains("[missing: how access was gained]");
    assertThat(notice.missing())
        .contains("how access was gained", "the measures proposed")
        .allSatisfy(what -> assertThat(notice.body()).contains("[missing: " + what + "]"));
  }

  @Test
  void aNoticeNamesNoPersonNeitherInClearNorByPseudonymNorWhoAttacked() {
    Notice notice = draft(desk(), SCOPE).getFirst();

    assertThat(notice.body() + notice.subject())
        .doesNotContain("subject-pseudonym", "198.51.100.7", "key-1", "/v1/");
  }

  @Test
  void draftingTwiceMakesOneNoticeAndAChangedScopeANewRevisionWhileItIsADraft() {
    StoredNoticeDesk desk = desk();
    Notice first = draft(desk, SCOPE).getFirst();
    assertThat(draft(desk, SCOPE)).containsExactly(first);

    Notice second = draft(desk, scope(13, Set.of("health"), List.of("a gap"))).getFirst();

    assertThat(second.id()).isEqualTo(first.id());
    assertThat(second.body()).contains("at least 13");
    assertThat(second.missing()).contains("final numbers: 1 points about the scope are open");
    desk.approve(second.id(), "anna");
    assertThat(draft(desk, SCOPE).getFirst().body()).isEqualTo(second.body());
    assertThat(desk.list("INC-1")).hasSize(1);
  }

  @Test
  void withoutAStakeholderOfTheRoleTheNoticeAndTheTimelineSayWhatIsMissing() {
    StoredNoticeDesk lonely = desk(Optional.of(server.endpoint()));
    Notice notice = draft(lonely, SCOPE).getFirst();

    assertThat(notice.missing().getFirst())
        .isEqualTo("the recipient: no stakeholder has the role or name supervisory-authority");
    assertThat(incidents.timeline("INC-1"))
        .extracting(TimelineEntry::text)
        .anyMatch(text -> text.contains("add one to notification.stakeholders"));
    assertThatThrownBy(() -> lonely.approve(notice.id(), "anna"))
        .isInstanceOf(IllegalStateException.class);

    Notice mended = draft(desk(), SCOPE).getFirst();
    assertThat(mended.id()).isEqualTo(notice.id());
    assertThat(mended.email()).isEqualTo("breach@dpa.example");
  }

  @Test
  void withoutApprovalNothingIsSent() {
    StoredNoticeDesk desk = desk();
    draft(desk, SCOPE);

    assertThat(desk.dispatch()).isZero();
    assertThat(server.messages()).isEmpty();
  }

  @Test
  void anApprovedNoticeIsSentOnceWithProofAndStopsTheClock() throws Exception {
    StoredNoticeDesk desk = desk();
    desk.approve(draft(desk, SCOPE).getFirst().id(), "anna");
    now = now.plusSeconds(60);

    assertThat(desk.dispatch()).isEqualTo(1);
    assertThat(desk.dispatch()).isZero();

    Notice notice = only(desk);
    Notice.Dispatch sent = notice.sent().orElseThrow();
    assertThat(notice.state()).isEqualTo(State.SENT);
    assertThat(server.messages()).hasSize(1);
    assertThat(server.recipients()).containsExactly("breach@dpa.example");
    String mail = server.text(0);
    assertThat(MailServer.header(mail, "Message-ID")).hasValue(sent.messageId());
    assertThat(MailServer.header(mail, "X-Portcullis-Notice")).hasValue("NOT-1");
    assertThat(MailServer.header(mail, "Content-Type")).hasValue("text/plain; charset=UTF-8");
    assertThat(sent.at()).isEqualTo(now);
    assertThat(sent.reply()).startsWith("250");
    assertThat(sent.sha256())
        .as("the proof is over the bytes that the server got")
        .isEqualTo(
            HexFormat.of()
                .formatHex(
                    MessageDigest.getInstance("SHA-256").digest(server.messages().getFirst())));
    assertThat(obligations.clocks("INC-1"))
        .extracting(Clock::state)
        .containsExactly(Clock.State.SUBMITTED);
    assertThat(incidents.timeline("INC-1"))
        .extracting(TimelineEntry::text)
        .anyMatch(text -> text.contains(sent.messageId()));
  }

  @Test
  void aServerThatIsBusyIsTriedAgainUnderTheSameMessageIdWithTheSameBytes() {
    StoredNoticeDesk desk = desk();
    desk.approve(draft(desk, SCOPE).getFirst().id(), "anna");
    server.refuseNext(451, "come back later");

    assertThat(desk.dispatch()).isZero();
    assertThat(only(desk).state()).isEqualTo(State.APPROVED);
    assertThat(desk.dispatch()).as("not before the pause is over").isZero();
    now = now.plus(StoredNoticeDesk.pause(1));
    assertThat(desk.dispatch()).isEqualTo(1);

    assertThat(only(desk).state()).isEqualTo(State.SENT);
    assertThat(server.messages()).hasSize(1);
    assertThat(server.offered()).hasSize(2);
    assertThat(server.offered().get(1)).isEqualTo(server.offered().get(0));
    assertThat(incidents.timeline("INC-1"))
        .extracting(TimelineEntry::text)
        .anyMatch(text -> text.contains("will be tried again") && text.contains("451"));
  }

  @Test
  void aServerThatIsDownIsTriedUntilItIsBackEvenByAnotherProcess() {
    StoredNoticeDesk down = desk(Optional.of(deadEndpoint()), AUTHORITY);
    down.approve(draft(down, SCOPE).getFirst().id(), "anna");
    for (int i = 1; i <= 3; i++) {
      assertThat(down.dispatch()).isZero();
      now = now.plus(StoredNoticeDesk.pause(i));
    }
    store.close();
    store = Store.open(directory);
    reopenObligations();

    assertThat(desk().dispatch()).isEqualTo(1);
    assertThat(server.messages()).hasSize(1);
  }

  /** The obligations over the store as it was opened again. */
  private void reopenObligations() {
    obligations =
        new StoredObligationDesk(
            store,
            new ObligationSettings(Set.of("gdpr-33"), List.of(), CONTROLLER),
            RuleBook.load(),
            () -> now);
  }

  @Test
  void aMessageThatTheServerWillNeverTakeWaitsForAPersonAndKeepsItsMessageId() {
    StoredNoticeDesk desk = desk();
    Notice notice = draft(desk, SCOPE).getFirst();
    desk.approve(notice.id(), "anna");
    server.refuseNext(550, "no such mailbox");
    assertThat(desk.dispatch()).isZero();
    assertThat(only(desk).state()).isEqualTo(State.FAILED);
    String messageId = storedMessageId();

    assertThat(desk.approve(notice.id(), "anna").state()).isEqualTo(State.APPROVED);
    assertThat(desk.dispatch()).isEqualTo(1);
    assertThat(MailServer.header(server.text(0), "Message-ID")).hasValue(messageId);
  }

  private String storedMessageId() {
    return store
        .jdbi()
        .withHandle(handle ->
            handle.createQuery("SELECT message_id FROM notice").mapTo(String.class).one());
  }

  @Test
  void aDispatchWrittenDownButNotToldYetIsToldAfterACrash() {
    StoredNoticeDesk desk = desk();
    desk.approve(draft(desk, SCOPE).getFirst().id(), "anna");
    new NoticeStore(store)
        .sent(1, new Notice.Dispatch(now, storedMessageId(), "250 Ok", "0".repeat(64)));
    assertThat(obligations.clocks("INC-1").getFirst().state()).isEqualTo(Clock.State.RUNNING);

    assertThat(desk.dispatch()).isZero();

    assertThat(obligations.clocks("INC-1").getFirst().state()).isEqualTo(Clock.State.SUBMITTED);
    assertThat(server.messages()).isEmpty();
  }

  @Test
  void aLineBreakInANameMakesNoHeader() {
    var evil =
        new Stakeholder(
            "State\r\nBcc: thief@evil.example\r\n\r\nDPA",
            "supervisory-authority",
            "breach@dpa.example");
    StoredNoticeDesk desk =
        desk(
            Optional.of(
                new Smtp(server.endpoint(), "gate@clinic.example", false, Optional.empty())),
            new Stakeholder[] {evil},
            new ObligationSettings.Controller("Clinic\r\nX-Evil: 1", "dpo\u202e@clinic.example"));
    desk.approve(draft(desk, SCOPE).getFirst().id(), "anna");

    assertThat(desk.dispatch()).isEqualTo(1);

    String mail = server.text(0);
    assertThat(server.recipients()).containsExactly("breach@dpa.example");
    assertThat(MailServer.header(mail, "Bcc")).isEmpty();
    assertThat(MailServer.header(mail, "X-Evil")).isEmpty();
    assertThat(MailServer.header(mail, "X-Portcullis-Notice")).isPresent();
  }

  @Test
  void anAddressWithALineBreakIsNoAddress() {
    StoredNoticeDesk desk =
        desk(
            Optional.of(server.endpoint()),
            new Stakeholder(
                "DPA", "supervisory-authority", "a@dpa.example\r\nBcc: b@evil.example"));
    desk.approve(draft(desk, SCOPE).getFirst().id(), "anna");

    assertThat(desk.dispatch()).isZero();
    assertThat(only(desk).state()).isEqualTo(State.FAILED);
    assertThat(server.messages()).isEmpty();
  }

  @Test
  void startTlsIsRequiredWhereItIsConfigured() {
    var smtp = new Smtp(server.endpoint(), "gate@clinic.example", true, Optional.empty());
    StoredNoticeDesk desk = desk(Optional.of(smtp), new Stakeholder[] {AUTHORITY}, CONTROLLER);
    desk.approve(draft(desk, SCOPE).getFirst().id(), "anna");

    // The server offers it with a certificate that nobody signed: nothing may leave in clear.
    assertThat(desk.dispatch()).isZero();
    assertThat(only(desk).state()).isEqualTo(State.APPROVED);
    assertThat(server.messages()).isEmpty();
  }

  @Test
  void withoutAMailServerANoticeIsDraftedAndApprovalSaysWhatIsMissing() {
    StoredNoticeDesk desk = desk(Optional.empty(), AUTHORITY);
    Notice notice = draft(desk, SCOPE).getFirst();

    assertThatThrownBy(() -> desk.approve(notice.id(), "anna"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("notification.smtp is not configured");
    assertThat(desk.dispatch()).isZero();
  }

  @Test
  void aNoticeThatIsLateAsksForTheReasons() {
    StoredNoticeDesk desk = desk();
    draft(desk, SCOPE);
    now = now.plus(Duration.ofHours(73));

    assertThat(draft(desk, SCOPE).getFirst().missing())
        .anyMatch(what -> what.startsWith("why this notice is later than 27 November 2026"));
  }

  @Test
  void thePauseDoublesUpToAnHour() {
    assertThat(StoredNoticeDesk.pause(1)).isEqualTo(Duration.ofSeconds(30));
    assertThat(StoredNoticeDesk.pause(2)).isEqualTo(Duration.ofMinutes(1));
    assertThat(StoredNoticeDesk.pause(7)).isEqualTo(Duration.ofMinutes(32));
    assertThat(StoredNoticeDesk.pause(8)).isEqualTo(Duration.ofHours(1));
    assertThat(StoredNoticeDesk.pause(1_000_000)).isEqualTo(Duration.ofHours(1));
  }

  @Test
  void anUnknownNoticeIsRefused() {
    assertThat(desk().find("NOT-7")).isEmpty();
    assertThat(desk().find("'; DROP TABLE notice")).isEmpty();
    assertThatThrownBy(() -> desk().approve("NOT-7", "anna"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("NOT-7");
  }

  private static Endpoint deadEndpoint() {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return new Endpoint("127.0.0.1", socket.getLocalPort());
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
