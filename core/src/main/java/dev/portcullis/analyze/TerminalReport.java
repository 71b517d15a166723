package dev.portcullis.analyze;

import dev.portcullis.analyze.Report.FoundIncident;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;

/** The report for a terminal. */
public final class TerminalReport {
  private static final int INCIDENTS = 20;
  private static final int SHARES = 5;

  private final PrintWriter out;

  /** Onto that. */
  public TerminalReport(PrintWriter out) {
    this.out = out;
  }

  /** Prints all of it. */
  public void print(Report report) {
    head(report);
    if (!report.isSuspicious()) {
      out.println();
      out.println("Nothing suspicious was found. That is no proof that there was nothing:");
      out.println("a log shows neither bodies nor, mostly, who was authenticated.");
    }
    report.incidents().stream().limit(INCIDENTS).forEach(this::incident);
    if (report.incidents().size() > INCIDENTS) {
      out.println();
      out.println(
          Words.counted(report.incidents().size() - INCIDENTS, "more incident", "more incidents")
              + ": see --html or --json.");
    }
    shares("SOURCES", report.sources());
    shares("ROUTES", report.routes());
    report.approximate().forEach(note -> out.println("Note: " + note + "."));
    out.flush();
  }

  private void head(Report report) {
    report.files().forEach(file -> out.println(file.name() + ": " + file.format()));
    out.println(
        Words.counted(report.requests(), "request", "requests")
            + " in "
            + Words.counted(report.lines(), "line", "lines")
            + ", "
            + Words.size(report.responseBytes())
            + " answered, statuses "
            + report.statuses());
    if (report.first().isPresent() && report.last().isPresent()) {
      out.println(
          Words.time(report.first().get())
              + " to "
              + Words.time(report.last().get())
              + " ("
              + Words.length(Duration.between(report.first().get(), report.last().get()))
              + ")");
    }
    if (report.brokenLines() > 0) {
      out.println(
          Words.counted(report.brokenLines(), "line was", "lines were")
              + " not understood, first:");
      report
          .broken()
          .forEach(
              line -> out.println("  " + line.file() + ":" + line.line() + ": " + line.text()));
    }
    long beyond = report.signalsBeyond();
    out.println(
        Words.counted(report.incidents().size(), "incident", "incidents")
            + (beyond > 0 ? " and " + Words.counted(beyond, "signal", "signals") + " beyond" : ""));
  }

  private void incident(FoundIncident it) {
    out.println();
    out.printf(
        Locale.ROOT, "%d. %s  %s%n", it.number(), it.severity(), it.who() + ": " + it.title());
    line("when", Words.time(it.first()) + " to " + Words.time(it.last()));
    it.summaries().forEach(summary -> line("noticed", summary));
    if (it.taken().objects() > 0) {
      line("taken", Taken.text(it.taken()));
    }
    if (it.attacks().requests() > 0 && it.detectors().contains("injection")) {
      line(
          "attacks",
          Words.counted(it.attacks().requests(), "request", "requests")
              + ", "
              + Words.number(it.attacks().answered())
              + " answered with success: "
              + it.attacks().classes());
      it.attacks()
          .samples()
          .forEach(sample ->
              line(
                  "", sample.request() + "  [" + sample.rule() + " in " + sample.location() + "]"));
    }
    if (it.logins().failed() > 0) {
      line(
          "log-ins",
          Words.number(it.logins().failed())
              + " failed, "
              + Words.number(it.logins().succeeded())
              + " succeeded after ten had");
    }
    it.evidence().stream()
        .limit(3)
        .forEach(place -> line("see", place.file() + ":" + place.line()));
    it.advice().forEach(step -> line("do now", step));
    line("class", String.join(" ", it.owasp()) + " " + String.join(" ", it.attack()));
  }

  private void shares(String head, java.util.List<Report.Share> shares) {
    out.println();
    out.printf(Locale.ROOT, "%-42s %12s %9s %9s %9s%n", head, "requests", "4xx", "5xx", "sent");
    for (Report.Share share : shares.subList(0, Math.min(SHARES, shares.size()))) {
      String name = (share.suspected() ? "! " : "  ") + share.name();
      out.printf(
          Locale.ROOT,
          "%-42s %12s %9s %9s %9s%n",
          name.length() > 42 ? name.substring(0, 41) + "…" : name,
          Words.number(share.requests()),
          Words.number(share.refused()),
          Words.number(share.failed()),
          Words.size(share.bytes()));
    }
  }

  private void line(String head, String text) {
    out.printf(Locale.ROOT, "   %-8s %s%n", head, text);
  }
}
