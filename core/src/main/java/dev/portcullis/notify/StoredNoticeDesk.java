package dev.portcullis.notify;

import dev.portcullis.config.NotificationSettings;
import dev.portcullis.config.NotificationSettings.Smtp;
import dev.portcullis.config.NotificationSettings.Stakeholder;
import dev.portcullis.config.ObligationSettings.Controller;
import dev.portcullis.incident.Incident;
import dev.portcullis.incident.IncidentDesk;
import dev.portcullis.incident.TimelineEntry;
import dev.portcullis.notify.Notice.Dispatch;
import dev.portcullis.obligation.Clock;
import dev.portcullis.obligation.ObligationDesk;
import dev.portcullis.obligation.RuleBook;
import dev.portcullis.scope.Scope;
import dev.portcullis.store.Store;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notices and their outbox in the store. An approved notice is sent at least once: when the process
 * dies between the mail server's yes and our writing it down, it is sent again under the same
 * message id.
 */
public final class StoredNoticeDesk implements NoticeDesk {
  private static final Logger LOG = LoggerFactory.getLogger(StoredNoticeDesk.class);
  private static final Pattern ID = Pattern.compile(NoticeRow.PREFIX + "([0-9]{1,9})");

  /** At most so many in one {@link #dispatch}. */
  private static final int BATCH = 100;

  /** How long a try may take before another may begin: well above the mail client's timeouts. */
  private static final Duration LEASE = Duration.ofMinutes(5);

  private static final Duration FIRST_PAUSE = Duration.ofSeconds(30);
  private static final Duration LONGEST_PAUSE = Duration.ofHours(1);
  private static final String KIND = "notice";

  private final NoticeStore notices;
  private final NotificationSettings settings;
  private final Controller controller;
  private final RuleBook rules;
  private final IncidentDesk incidents;
  private final ObligationDesk obligations;
  private final InstantSource clock;
  private final Optional<MailSender> sender;

  /**
   * Over these parts; owns none of them.
   *
   * @param controller who notifies
   * @param incidents whose timelines are read for the measures taken, and told what was done
   * @param obligations told when a notice was taken by the mail server
   * @param environment where the mail server's password is looked up by variable name
   */
  public StoredNoticeDesk(
      Store store,
      NotificationSettings settings,
      Controller controller,
      RuleBook rules,
      IncidentDesk incidents,
      ObligationDesk obligations,
      Function<String, Optional<String>> environment,
      InstantSource clock) {
    this(
        store,
        settings,
        controller,
        rules,
        incidents,
        obligations,
        clock,
        settings
            .smtp()
            .map(smtp -> new MailSender(smtp, environment, Optional.empty(), MailSender.TIMEOUT)));
  }

  StoredNoticeDesk(
      Store store,
      NotificationSettings settings,
      Controller controller,
      RuleBook rules,
      IncidentDesk incidents,
      ObligationDesk obligations,
      InstantSource clock,
      Optional<MailSender> sender) {
    this.notices = new NoticeStore(store);
    this.settings = settings;
    this.controller = controller;
    this.rules = rules;
    this.incidents = incidents;
    this.obligations = obligations;
    this.clock = clock;
    this.sender = sender;
  }

  @Override
  public List<Notice> draft(Incident incident, Scope scope, List<Clock> clocks) {
    List<TimelineEntry> timeline = incidents.timeline(incident.id());
    for (Clock each : clocks) {
      boolean running =
          switch (each.state()) {
            case RUNNING, DUE_SOON, OVERDUE -> true;
            case NOT_APPLICABLE,
                ANCHOR_MISSING,
                NOT_STARTED,
                TOLLED,
                SUBMITTED,
                ACKNOWLEDGED,
                LATE_SUBMITTED,
                WAIVED ->
                false;
          };
      if (running) {
        var text = new NoticeText(incident, scope, each, controller, timeline);
        draft(each, text.compose(rules.contents(each.rule())));
      }
    }
    return list(incident.id());
  }

  private void draft(Clock clock, NoticeText.Text text) {
    List<Stakeholder> recipients =
        settings.stakeholders().stream()
            .filter(each ->
                each.role().equals(clock.recipient()) || each.name().equals(clock.recipient()))
            .toList();
    if (recipients.isEmpty()) {
      var missing = new ArrayList<String>(text.missing());
      missing.addFirst("the recipient: no stakeholder has the role or name " + clock.recipient());
      keep(clock, clock.recipient(), "", new NoticeText.Text(text.subject(), text.body(), missing));
    }
    recipients.forEach(each -> keep(clock, each.name(), each.email(), text));
  }

  private void keep(Clock clock, String recipient, String email, NoticeText.Text text) {
    var row =
        new NoticeRow(
            0,
            clock.incident(),
            clock.rule(),
            recipient,
            email,
            text.subject(),
            text.body(),
            text.missing(),
            1,
            Notice.State.DRAFT,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            0,
            Optional.empty(),
            false);
    NoticeStore.Drafted drafted = notices.draft(row, clock.recipient(), now());
    if (drafted.change() == NoticeStore.Change.UNCHANGED) {
      return;
    }
    String id = NoticeRow.PREFIX + drafted.number();
    String verb = drafted.change() == NoticeStore.Change.CREATED ? "drafted" : "revised";
    String entry =
        "%s for %s %s, to %s; %d of its contents are missing"
            .formatted(id, clock.rule(), verb, recipient, text.missing().size());
    if (email.isEmpty()) {
      entry +=
          ": nobody has that role or name; add one to notification.stakeholders, or deliver it by hand";
    }
    incidents.record(clock.incident(), now(), TimelineEntry.MACHINE, KIND, entry);
  }

  /**
   * {@inheritDoc} Idempotent. One that the mail server rejected is sent anew, under the same
   * message id and to the address that the stakeholder has now.
   *
   * @throws IllegalArgumentException when there is no such notice
   * @throws IllegalStateException when it cannot be sent: no mail server or no recipient
   */
  @Override
  public Notice approve(String notice, String approver) {
    NoticeRow row = row(notice).orElseThrow(() -> unknown(notice));
    Smtp smtp =
        settings
            .smtp()
            .orElseThrow(() ->
                new IllegalStateException(
                    notice
                        + " cannot be sent: notification.smtp is not configured;"
                        + " configure it, or deliver the text by hand"));
    String email =
        settings.stakeholders().stream()
            .filter(each -> each.name().equals(row.recipient()))
            .map(Stakeholder::email)
            .findFirst()
            .orElse(row.email());
    if (email.isBlank()) {
      throw new IllegalStateException(
          "%s cannot be sent: no stakeholder has the role or name %s; add one to notification.stakeholders and draft again"
              .formatted(notice, row.recipient()));
    }
    String messageId = NoticeMail.newMessageId(row.id(), smtp.from());
    if (notices.approve(row.number(), email, approver, messageId, now())) {
      incidents.record(
          row.incident(), now(), approver, KIND, row.id() + " to " + row.recipient() + " approved");
    }
    return row(notice).map(NoticeRow::notice).orElseThrow(() -> unknown(notice));
  }

  private static IllegalArgumentException unknown(String notice) {
    return new IllegalArgumentException(
        "notice: %s (expected: the id of a notice, such as NOT-1)".formatted(notice));
  }

  @Override
  public int dispatch() {
    report();
    if (sender.isEmpty()) {
      return 0;
    }
    int taken = 0;
    for (int number : notices.due(now(), BATCH)) {
      Optional<NoticeRow> claimed = notices.claim(number, now(), now().plus(LEASE));
      if (claimed.isPresent() && attempt(sender.get(), claimed.get())) {
        taken++;
      }
    }
    report();
    return taken;
  }

  private boolean attempt(MailSender sender, NoticeRow row) {
    return switch (sender.send(row)) {
      case Attempt.Taken(String reply, String sha256) -> {
        notices.sent(
            row.number(), new Dispatch(now(), row.messageId().orElseThrow(), reply, sha256));
        yield true;
      }
      case Attempt.Postponed(String reason) -> {
        Duration pause = pause(row.attempts());
        notices.failed(row.number(), Optional.of(now().plus(pause)), reason);
        LOG.warn("{} was not taken by the mail server, next try in {}", row.id(), pause);
        if (row.attempts() == 1) {
          say(row, "could not be sent and will be tried again: " + reason);
        }
        yield false;
      }
      case Attempt.Rejected(String reason) -> {
        notices.failed(row.number(), Optional.empty(), reason);
        LOG.warn("{} was rejected for good, a person must look at it", row.id());
        say(row, "was rejected for good; mend the cause and approve it again: " + reason);
        yield false;
      }
    };
  }

  private void say(NoticeRow row, String what) {
    incidents.record(
        row.incident(),
        now(),
        TimelineEntry.MACHINE,
        KIND,
        row.id() + " to " + row.recipient() + " " + what);
  }

  /** Tells of what was sent; again after a crash, until it is marked as told. */
  private void report() {
    for (NoticeRow row : notices.unreported(BATCH)) {
      Dispatch sent = row.sent().orElseThrow();
      obligations.submitted(row.incident(), row.rule(), sent.at(), row.id());
      incidents.record(
          row.incident(),
          sent.at(),
          TimelineEntry.MACHINE,
          KIND,
          "%s to %s sent, message id %s, the mail server said: %s"
              .formatted(row.id(), row.recipient(), sent.messageId(), sent.reply()));
      notices.reported(row.number());
    }
  }

  /** Doubles from try to try. */
  static Duration pause(int attempts) {
    int doublings = Math.clamp(attempts - 1L, 0, 12);
    Duration pause = FIRST_PAUSE.multipliedBy(1L << doublings);
    return pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE;
  }

  @Override
  public List<Notice> list(String incident) {
    return notices.list(incident).stream().map(NoticeRow::notice).toList();
  }

  @Override
  public Optional<Notice> find(String id) {
    return row(id).map(NoticeRow::notice);
  }

  private Optional<NoticeRow> row(String id) {
    var matcher = ID.matcher(id);
    return matcher.matches() ? notices.find(Integer.parseInt(matcher.group(1))) : Optional.empty();
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }
}
