package dev.portcullis.analyze;

import dev.portcullis.analyze.Report.FoundIncident;
import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * The report as one HTML file: no script, nothing fetched, charts drawn here. The template escapes
 * whatever came out of a log.
 */
public final class HtmlReport {
  /** Where all templates are compiled to; named here because nobody else of ours need be known. */
  private static final String TEMPLATES = "dev.portcullis.console.pages";

  private HtmlReport() {}

  /** What the template shows. */
  public record View(Report report, Chart timeline, List<Bar> statuses, List<Bar> severities) {
    /** In words. */
    public String number(long value) {
      return Words.number(value);
    }

    /** In words. */
    public String size(long bytes) {
      return Words.size(bytes);
    }

    /** When the log begins and ends. */
    public String span() {
      return report.first().isEmpty() || report.last().isEmpty()
          ? "no request"
          : Words.time(report.first().get())
              + " to "
              + Words.time(report.last().get())
              + " ("
              + Words.length(Duration.between(report.first().get(), report.last().get()))
              + ")";
    }

    /** When it was. */
    public String when(FoundIncident incident) {
      return Words.time(incident.first()) + " to " + Words.time(incident.last());
    }

    /** What was taken. */
    public String taken(FoundIncident incident) {
      return Taken.text(incident.taken());
    }
  }

  /** A bar of a chart: its width in hundredths of the widest. */
  public record Bar(String name, String value, int width) {}

  /** Writes the file; one that is there is replaced. */
  public static void write(Report report, Path file) {
    var output = new StringOutput();
    TemplateEngine.createPrecompiled(null, ContentType.Html, null, TEMPLATES)
        .render("logReport.jte", view(report), output);
    try {
      Files.writeString(file, output.toString());
    } catch (IOException e) {
      throw new AnalyzeException(
          "the report can't be written to " + file + ": " + e.getMessage(), e);
    }
  }

  private static View view(Report report) {
    long most = report.statuses().values().stream().mapToLong(Long::longValue).max().orElse(1);
    List<Bar> statuses =
        report.statuses().entrySet().stream()
            .map(entry ->
                new Bar(
                    entry.getKey(),
                    Words.number(entry.getValue()),
                    (int) Math.max(1, 100 * entry.getValue() / Math.max(1, most))))
            .toList();
    long incidents = Math.max(1, report.incidents().size());
    List<Bar> severities =
        List.of(dev.portcullis.detect.Severity.values()).reversed().stream()
            .map(severity -> {
              long count =
                  report.incidents().stream()
                      .filter(incident -> incident.severity() == severity)
                      .count();
              return new Bar(
                  severity.name(), Words.number(count), (int) Math.ceilDiv(100 * count, incidents));
            })
            .toList();
    return new View(report, Chart.of(report.timeline()), statuses, severities);
  }
}
