package dev.portcullis.notify;

import dev.portcullis.config.ObligationSettings.Controller;
import dev.portcullis.incident.Incident;
import dev.portcullis.incident.TimelineEntry;
import dev.portcullis.obligation.Clock;
import dev.portcullis.obligation.Content;
import dev.portcullis.scope.Scope;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

/**
 * Assembles a notice of numbers and categories. Persons are named in it neither in clear nor by
 * pseudonym, and neither are paths, sources, accounts or titles, which may hold either.
 *
 * <p>The same input gives the same text: a new revision means that something is known anew.
 */
final class NoticeText {
  /**
   * A text and what it lacks.
   *
   * @param missing required contents that are not known, as they stand in the text
   */
  record Text(String subject, String body, List<String> missing) {}

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("d MMMM uuuu, HH:mm:ss 'UTC'", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  private final Incident incident;
  private final Scope scope;
  private final Clock clock;
  private final Controller controller;
  private final List<TimelineEntry> timeline;
  private final StringBuilder body = new StringBuilder();
  private final Set<String> missing = new LinkedHashSet<>();

  NoticeText(
      Incident incident,
      Scope scope,
      Clock clock,
      Controller controller,
      List<TimelineEntry> timeline) {
    this.incident = incident;
    this.scope = scope;
    this.clock = clock;
    this.controller = controller;
    this.timeline = timeline;
  }

  /** With these contents, in this order. */
  Text compose(List<Content> contents) {
    body.append(clock.title()).append("\n\n");
    body.append("From: ")
        .append(orMissing(controller.name(), "the controller's name"))
        .append('\n');
    body.append("Reference: ").append(incident.id()).append(", ").append(clock.rule()).append('\n');
    body.append("Basis: ").append(clock.source()).append('\n');
    contents.forEach(this::section);
    if (!missing.isEmpty()) {
      body.append("\nWhat is marked as missing is not known yet and follows without undue further")
          .append(" delay.\n");
    }
    String subject = Clean.line(incident.id() + ": " + clock.title(), 200);
    return new Text(subject, body.toString(), List.copyOf(missing));
  }

  private void section(Content content) {
    switch (content) {
      case NATURE -> paragraph("Nature of the breach", nature());
      case DATES -> paragraph("When", dates());
      case DATA_SUBJECTS -> paragraph("Data subjects concerned", dataSubjects());
      case RECORDS -> paragraph("Records concerned", records());
      case DATA_TYPES -> paragraph("Kinds of data concerned", dataTypes());
      case CONTACT ->
          paragraph("Contact point", List.of(orMissing(controller.contact(), "the contact point")));
      case CONSEQUENCES -> paragraph("Likely consequences", consequences());
      case MEASURES -> paragraph("Measures taken and proposed", measures());
      case ADVICE -> paragraph("What you can do", advice());
      case DELAY_REASONS -> {
        if (clock.state() == Clock.State.OVERDUE) {
          paragraph(
              "Reasons for the delay",
              List.of(
                  lacking(
                      "why this notice is later than "
                          + clock.due().map(TIME::format).orElse("due"))));
        }
      }
    }
  }

  private void paragraph(String title, List<String> lines) {
    body.append('\n').append(title).append('\n');
    lines.forEach(line -> body.append("  ").append(line).append('\n'));
  }

  private String lacking(String what) {
    missing.add(what);
    return "[missing: " + what + "]";
  }

  private String orMissing(String text, String what) {
    return text.isBlank() ? lacking(what) : Clean.line(text, 500);
  }

  private List<String> nature() {
    var lines = new ArrayList<String>();
    lines.add(
        "Unauthorised requests to our API were noticed by "
            + String.join(", ", new TreeSet<>(incident.detectors()))
            + ".");
    lines.add(
        "%d of them were answered, %d refused.".formatted(scope.exchanges(), scope.refused()));
    if (!scope.subjects().isEmpty() || !scope.dataClasses().isEmpty()) {
      lines.add("Personal data was disclosed (confidentiality).");
    }
    if (!scope.writes().isEmpty()) {
      lines.add("%d changes were made (integrity).".formatted(scope.writes().size()));
    }
    lines.add(lacking("how access was gained"));
    return lines;
  }

  private List<String> dates() {
    return List.of(
        "Began: "
            + scope
                .firstHostile()
                .map(TIME::format)
                .orElseGet(() -> lacking("when the breach began")),
        "Last answer with data: " + scope.lastHostile().map(TIME::format).orElse("none"),
        "Noticed: " + TIME.format(incident.detectedAt()),
        "Counted from ("
            + clock.anchorFact()
            + "): "
            + clock.anchorAt().map(TIME::format).orElse("not recorded"));
  }

  private List<String> dataSubjects() {
    var lines = new ArrayList<String>();
    lines.add("Approximate number: " + number(scope.subjects().size()));
    lines.add(
        "Categories: " + lacking("categories of data subjects, such as customers or patients"));
    openPoints(lines);
    return lines;
  }

  private List<String> records() {
    long total = scope.dataClasses().values().stream().mapToLong(Long::longValue).sum();
    var lines = new ArrayList<String>();
    lines.add("Approximate number (one for each data subject and category): " + number(total));
    scope
        .dataClasses()
        .forEach(
            (name, count) -> lines.add("Category " + Clean.line(name, 100) + ": " + number(count)));
    openPoints(lines);
    return lines;
  }

  private String number(long count) {
    return (scope.unknown().isEmpty() ? "" : "at least ") + count;
  }

  private void openPoints(List<String> lines) {
    if (!scope.unknown().isEmpty()) {
      lines.add(
          lacking(
              "final numbers: %d points about the scope are open"
                  .formatted(scope.unknown().size())));
    }
  }

  private List<String> dataTypes() {
    return scope.dataClasses().isEmpty()
        ? List.of(lacking("the kinds of data"))
        : scope.dataClasses().keySet().stream().map(name -> Clean.line(name, 100)).toList();
  }

  private List<String> consequences() {
    return perClass(
        "the likely consequences",
        name ->
            Effects.of(name)
                .map(each -> Clean.line(name, 100) + ": " + each.consequence())
                .orElseGet(() ->
                    lacking("the likely consequences for the category " + Clean.line(name, 100))));
  }

  private List<String> advice() {
    return perClass(
        "what those affected should do",
        name ->
            Effects.of(name)
                .map(Effects::advice)
                .orElseGet(() ->
                    lacking(
                        "what those affected should do about the category "
                            + Clean.line(name, 100))));
  }

  private List<String> perClass(String what, UnaryOperator<String> line) {
    var lines = new LinkedHashSet<String>();
    scope.dataClasses().keySet().forEach(name -> lines.add(line.apply(name)));
    return lines.isEmpty() ? List.of(lacking(what)) : List.copyOf(lines);
  }

  private List<String> measures() {
    var lines = new ArrayList<String>();
    List<Instant> orders = times("order");
    if (!orders.isEmpty()) {
      lines.add(
          "Containment, restricting access: first recorded at "
              + TIME.format(orders.getFirst())
              + ".");
    }
    times("restore").stream()
        .findFirst()
        .ifPresent(at ->
            lines.add("Restoration from a backup: first recorded at " + TIME.format(at) + "."));
    if (lines.isEmpty()) {
      lines.add(lacking("the measures taken"));
    }
    lines.add(lacking("the measures proposed"));
    return lines;
  }

  private List<Instant> times(String kind) {
    return timeline.stream()
        .filter(entry -> entry.kind().equals(kind))
        .map(TimelineEntry::at)
        .sorted()
        .toList();
  }
}
