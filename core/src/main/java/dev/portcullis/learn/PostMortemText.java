package dev.portcullis.learn;

import static dev.portcullis.learn.Markdown.text;

import dev.portcullis.detect.Signal;
import dev.portcullis.incident.TimelineEntry;
import dev.portcullis.notify.Notice;
import dev.portcullis.obligation.Clock;
import dev.portcullis.recover.RestoreReport;
import dev.portcullis.respond.Order;
import dev.portcullis.scope.Scope;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The draft's text. Blameless: it says what the system allowed, never who was at fault. What only
 * people know stands as a question.
 */
final class PostMortemText {
  /** Longer timelines and lists are cut, and say so. */
  private static final int MAX_ROWS = 2_000;

  private static final int MAX_POINTS = 200;

  private static final String TO_FILL = "_to be filled in by the review_";

  private final Story story;
  private final Markdown out = new Markdown();

  PostMortemText(Story story) {
    this.story = story;
  }

  String compose() {
    out.heading(1, "Post-mortem of " + text(story.incident().id()) + " (draft)");
    out.paragraph(
        "This review is blameless: it asks what made the breach possible and what made it end,"
            + " not who erred. It was assembled from what was recorded; what only people know"
            + " is left as a question.");
    whatHappened();
    impact();
    times();
    timeline();
    response();
    reflection();
    whys();
    actions();
    return out.toString();
  }

  private void whatHappened() {
    out.heading(2, "What happened");
    out.paragraph(
        "%s. Severity %s, state %s."
            .formatted(
                text(story.incident().title()),
                words(story.incident().severity().name()),
                words(story.incident().state().name())));
    story.began().ifPresent(at -> out.item("The first hostile request came at " + at + "."));
    out.item(
        "It was noticed at %s by %s."
            .formatted(
                story.noticed(),
                text(String.join(", ", new TreeSet<>(story.incident().detectors())))));
    for (Signal signal : story.signals().stream().limit(MAX_POINTS).toList()) {
      out.item(
          "Signal %s at %s: %s (%s, %s)"
              .formatted(
                  text(signal.detector()),
                  signal.at(),
                  text(signal.summary()),
                  text(signal.owasp()),
                  text(signal.attack())));
    }
    cut(story.signals().size(), MAX_POINTS, "signals");
    story
        .contained()
        .ifPresentOrElse(
            at -> out.item("Containment was first ordered at " + at + "."),
            () -> out.item("No containment was ordered."));
    story
        .recovered()
        .ifPresent(at -> out.item("The data was restored and verified at " + at + "."));
  }

  private void impact() {
    out.heading(2, "Impact");
    if (story.scope().isEmpty()) {
      out.paragraph("The scope has not been determined.");
      return;
    }
    Scope scope = story.scope().get();
    out.item("%d data subjects were reached.".formatted(scope.subjects().size()));
    scope
        .dataClasses()
        .forEach((name, count) ->
            out.item("Data class %s: %d data subjects.".formatted(text(name), count)));
    out.item(
        "%d hostile requests were answered with %d bytes, %d were refused."
            .formatted(scope.exchanges(), scope.bytes(), scope.refused()));
    out.item("Routes: " + counts(scope.routes()) + ".");
    out.item("Upstreams: " + orNone(String.join(", ", scope.upstreams())) + ".");
    out.item("%d changes were made.".formatted(scope.writes().size()));
    scope.writes().stream()
        .limit(MAX_POINTS)
        .forEach(write ->
            out.item(
                "Change at %s: %s %s, answered %d."
                    .formatted(
                        write.at(), text(write.method()), text(write.path()), write.status())));
    cut(scope.writes().size(), MAX_POINTS, "changes");
    out.heading(3, "What counted as hostile");
    scope.criteria().forEach(line -> out.item(text(line)));
    out.heading(3, "What could not be known");
    if (scope.unknown().isEmpty()) {
      out.item("Nothing: the scope is exact.");
    }
    scope.unknown().forEach(line -> out.item(text(line)));
  }

  private void times() {
    out.heading(2, "How long it took");
    out.head("From", "To", "Time");
    out.row("first hostile request", "first signal", time(story.timeToDetect()));
    out.row("first signal", "first containment order", time(story.timeToContain()));
    out.row("first signal", "verified live restore", time(story.timeToRecover()));
  }

  private void timeline() {
    out.heading(2, "Timeline");
    out.head("When", "Kind", "What", "By");
    for (TimelineEntry entry : story.timeline().stream().limit(MAX_ROWS).toList()) {
      out.row(entry.at().toString(), text(entry.kind()), text(entry.text()), text(entry.author()));
    }
    cut(story.timeline().size(), MAX_ROWS, "entries");
  }

  private void response() {
    out.heading(2, "Response");
    out.heading(3, "Containment");
    none(story.orders(), "No order was given.");
    for (Order order : story.orders()) {
      String end =
          order
              .released()
              .map(release -> "lifted at %s: %s".formatted(release.at(), text(release.reason())))
              .orElse("expires at " + order.expiresAt());
      out.item(
          "%s at %s: %s %s; %s; %s"
              .formatted(
                  text(order.id()),
                  order.createdAt(),
                  words(order.kind().name()),
                  text(order.target()),
                  text(order.reason()),
                  end));
    }
    out.heading(3, "Obligations");
    none(story.clocks(), "No clock was started.");
    for (Clock clock : story.clocks()) {
      out.item(
          "%s (%s): %s%s. %s"
              .formatted(
                  text(clock.rule()),
                  text(clock.source()),
                  words(clock.state().name()),
                  clock.due().map(due -> ", due " + due).orElse(""),
                  text(clock.why())));
    }
    out.heading(3, "Notices");
    none(story.notices(), "No notice was drafted.");
    for (Notice notice : story.notices()) {
      out.item(
          "%s for %s to %s: %s%s"
              .formatted(
                  text(notice.id()),
                  text(notice.rule()),
                  text(notice.recipient()),
                  words(notice.state().name()),
                  notice.sent().map(sent -> " at " + sent.at()).orElse("")));
    }
    out.heading(3, "Recovery");
    none(story.restores(), "Nothing was restored.");
    for (RestoreReport report : story.restores()) {
      out.item(
          "%s: %s %s from the state at %s; %s of data lost (RPO), %s until done (RTO); %s"
              .formatted(
                  text(report.id()),
                  text(report.asset()),
                  report.live() ? "restored live" : "restored into a sandbox",
                  report.point().at(),
                  duration(report.recoveryPoint()),
                  duration(report.recoveryTime()),
                  report.verified() ? "verified by content" : "not verified"));
    }
  }

  private void reflection() {
    out.heading(2, "What went well");
    story
        .timeToContain()
        .ifPresent(time ->
            out.item("Containment followed the first signal after " + duration(time) + "."));
    story
        .scope()
        .filter(scope -> scope.unknown().isEmpty())
        .ifPresent(_ -> out.item("The scope is exact."));
    if (story.recovered().isPresent()) {
      out.item("The data was brought back and verified by content.");
    }
    out.item("What else helped, and would we rely on it again? " + TO_FILL);
    out.heading(2, "What went badly");
    story
        .scope()
        .filter(scope -> !scope.subjects().isEmpty())
        .ifPresent(scope ->
            out.item(
                "Data of %d persons was out before the gate closed."
                    .formatted(scope.subjects().size())));
    for (Clock clock : story.clocks()) {
      if (clock.state() == Clock.State.OVERDUE || clock.state() == Clock.State.LATE_SUBMITTED) {
        out.item("The duty " + text(clock.rule()) + " was not met in time.");
      }
    }
    out.item(
        "What slowed us down, and what did we have to find out that should have been at hand? "
            + TO_FILL);
    out.heading(2, "Where we were lucky");
    out.item(TO_FILL);
  }

  private void whys() {
    out.heading(2, "Five whys");
    String reached =
        story
            .scope()
            .map(scope -> scope.subjects().size() + " persons' data was reached")
            .orElse("data may have been reached");
    String signals = text(String.join(", ", new TreeSet<>(story.incident().detectors())));
    out.numbered(
        1,
        "Why was there a breach? Because "
            + reached
            + " by requests that "
            + signals
            + " noticed.");
    out.numbered(
        2,
        "Why could those requests be made? "
            + story
                .incident()
                .principals()
                .credential()
                .map(id -> "They were authenticated with the credential " + text(id) + ". ")
                .orElse("")
            + "How was access gained? "
            + TO_FILL);
    out.numbered(3, "Why did our controls let them through? " + TO_FILL);
    out.numbered(
        4,
        "Why was it not noticed earlier? "
            + story
                .timeToDetect()
                .map(time -> "It took " + duration(time) + " from the first hostile request. ")
                .orElse("")
            + TO_FILL);
    out.numbered(5, "Why was that so in our way of working? " + TO_FILL);
  }

  private void actions() {
    out.heading(2, "Actions");
    out.task("Close the way in that the second why names. Owner: to be assigned. Due: to be set.");
    out.task("Shorten the time to detect. Owner: to be assigned. Due: to be set.");
    story.orders().stream()
        .filter(order -> order.released().isEmpty())
        .forEach(order ->
            out.task(
                "Decide what replaces %s before it expires at %s. Owner: to be assigned."
                    .formatted(text(order.id()), order.expiresAt())));
    story.scope().stream()
        .flatMap(scope -> scope.unknown().stream())
        .forEach(
            line -> out.task("Settle: " + text(line) + ". Owner: to be assigned. Due: to be set."));
    story.notices().stream()
        .filter(notice -> notice.sent().isEmpty())
        .forEach(notice ->
            out.task(
                "Finish %s for %s. Owner: to be assigned."
                    .formatted(text(notice.id()), text(notice.rule()))));
  }

  private void none(List<?> list, String sentence) {
    if (list.isEmpty()) {
      out.item(sentence);
    }
  }

  private void cut(int size, int limit, String what) {
    if (size > limit) {
      out.paragraph("%d further %s are not shown.".formatted(size - limit, what));
    }
  }

  private static String counts(Map<String, Long> map) {
    return orNone(
        map.entrySet().stream()
            .map(each -> each.getKey() + " (" + each.getValue() + ")")
            .collect(Collectors.joining(", ")));
  }

  private static String orNone(String list) {
    return list.isEmpty() ? "none" : text(list);
  }

  private static String words(String constant) {
    return constant.toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  private static String time(Optional<Duration> duration) {
    return duration.map(PostMortemText::duration).orElse("not known");
  }

  /** Such as {@code 2 d 3 h}, {@code 4 min 5 s}, {@code 12 ms}: the two largest units. */
  static String duration(Duration duration) {
    if (duration.isNegative()) {
      return "-" + duration(duration.negated());
    }
    if (duration.toDays() > 0) {
      return duration.toDays() + " d " + duration.toHoursPart() + " h";
    }
    if (duration.toHours() > 0) {
      return duration.toHours() + " h " + duration.toMinutesPart() + " min";
    }
    if (duration.toMinutes() > 0) {
      return duration.toMinutes() + " min " + duration.toSecondsPart() + " s";
    }
    return duration.toSeconds() > 0
        ? duration.toSeconds() + " s " + duration.toMillisPart() + " ms"
        : duration.toMillis() + " ms";
  }
}
