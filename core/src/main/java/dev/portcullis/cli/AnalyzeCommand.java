package dev.portcullis.cli;

import dev.portcullis.analyze.AnalyzeException;
import dev.portcullis.analyze.Analyzer;
import dev.portcullis.analyze.AnalyzerSettings;
import dev.portcullis.analyze.Following;
import dev.portcullis.analyze.HtmlReport;
import dev.portcullis.analyze.Progress;
import dev.portcullis.analyze.Report;
import dev.portcullis.analyze.TerminalReport;
import dev.portcullis.analyze.format.Field;
import dev.portcullis.api.Json;
import dev.portcullis.app.Configurations;
import dev.portcullis.config.DetectorSettings;
import dev.portcullis.detect.Signal;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code portcullis analyze}. */
@Command(
    name = "analyze",
    mixinStandardHelpOptions = true,
    description = {
      "Reads access logs that you have already, and says what was attacked, by whom, what was"
          + " probably taken, and what to do now. Needs no gateway, changes nothing, sends nothing.",
      "Formats are recognised: nginx, Apache, HAProxy, Envoy, Traefik, Kong, AWS, Azure, Google,"
          + " syslog, CEF, OTLP; plain, gzip or zstd. Exit 0: nothing found; 3: incidents found; 1:"
          + " a file could not be read; 2: asked wrongly."
    },
    footer = {
      "",
      "Examples:",
      "  portcullis analyze /var/log/nginx/access.log* --html report.html",
      "  portcullis analyze --tail /var/log/nginx/access.log"
    })
final class AnalyzeCommand implements Callable<Integer> {
  /** There are incidents: other tools' scripts tell that from failure. */
  static final int FOUND = 3;

  @Parameters(arity = "1..*", paramLabel = "FILE", description = "Access logs; - is standard input")
  List<Path> files = List.of();

  @Option(
      names = "--format",
      paramLabel = "NAME",
      description = "Of all files (default: recognised)")
  Optional<String> format = Optional.empty();

  @Option(
      names = "--field",
      paramLabel = "FIELD=NAME",
      description =
          "What your own JSON calls a field: time, source, forwarded, user, key, method, target,"
              + " query, request, status, received, sent, agent, referer; NAME/NAME goes inside")
  Map<String, String> fields = new LinkedHashMap<>();

  @Option(
      names = "--forwarded",
      paramLabel = "N",
      description =
          "The client is the Nth entry of X-Forwarded-For from its end: the one that your outermost"
              + " proxy wrote (default: the logged address)")
  int forwarded;

  @Option(
      names = {"-c", "--config"},
      paramLabel = "FILE",
      description = "Take the detectors' thresholds from this portcullis.yaml")
  Optional<Path> config = Optional.empty();

  @Option(
      names = "--tail",
      description = "Follow the files as they grow; Ctrl-C ends with the report")
  boolean tail;

  @Option(names = "--json", description = "Print JSON for machines")
  boolean json;

  @Option(
      names = "--html",
      paramLabel = "FILE",
      description = "Write the report as one HTML file, too")
  Optional<Path> html = Optional.empty();

  private final CountDownLatch printed = new CountDownLatch(1);

  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli before call()
  CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    AnalyzerSettings settings = settings();
    try {
      Report report = tail ? follow(settings) : read(settings);
      html.ifPresent(file -> HtmlReport.write(report, file));
      PrintWriter out = spec.commandLine().getOut();
      if (json) {
        out.println(Json.line(report));
        out.flush();
      } else {
        new TerminalReport(out).print(report);
      }
      return report.isSuspicious() ? FOUND : 0;
    } catch (AnalyzeException e) {
      throw new CommandFailedException(String.valueOf(e.getMessage()));
    } finally {
      printed.countDown();
    }
  }

  private Report read(AnalyzerSettings settings) throws InterruptedException {
    var progress = new Progress();
    try (var shown = ProgressLine.start(seconds -> text(progress, seconds))) {
      return new Analyzer(settings).run(files, System.in, progress, signal -> {});
    }
  }

  private Report follow(AnalyzerSettings settings) throws InterruptedException {
    if (files.contains(Path.of("-"))) {
      throw new ParameterException(
          spec.commandLine(), "--tail follows files (found: -; leave --tail out to read stdin)");
    }
    var stop = new CountDownLatch(1);
    Runtime.getRuntime()
        .addShutdownHook(
            Thread.ofPlatform()
                .unstarted(() -> {
                  stop.countDown();
                  awaitReport();
                }));
    return new Following(settings).run(files, this::say, stop);
  }

  /** Ctrl-C ends the process when this hook returns: the report comes first. */
  private void awaitReport() {
    try {
      if (!printed.await(10, TimeUnit.SECONDS)) {
        spec.commandLine().getErr().println("portcullis: the report was not ready in 10 s");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void say(Signal signal) {
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(Json.line(signal));
    } else {
      out.println(
          signal.at()
              + " "
              + signal.severity()
              + " "
              + signal.detector()
              + ": "
              + signal.summary());
    }
    out.flush();
  }

  private AnalyzerSettings settings() throws Exception {
    if (forwarded < 0 || forwarded > 32) {
      throw new ParameterException(
          spec.commandLine(),
          "--forwarded " + forwarded + " (expected: 1 for the last entry, to 32)");
    }
    Map<Field, String> own = new EnumMap<>(Field.class);
    fields.forEach((field, name) ->
        own.put(
            Field.named(field)
                .orElseThrow(() ->
                    new ParameterException(
                        spec.commandLine(),
                        "--field " + field + " (expected one of: " + Field.words() + ")")),
            name));
    DetectorSettings detectors =
        config.isPresent()
            ? Configurations.read(config.get()).detectors()
            : AnalyzerSettings.FOR_LOGS;
    AnalyzerSettings standard = AnalyzerSettings.standard();
    return new AnalyzerSettings(format, own, forwarded, detectors, standard.threads());
  }

  /** Bytes, rate and time left. */
  static String text(Progress progress, double seconds) {
    double read = progress.read();
    double total = progress.total();
    String rate =
        String.format(
            Locale.ROOT,
            "%.0f MB read, %.0f MB/s of log",
            read / 1e6,
            progress.text() / 1e6 / Math.max(0.001, seconds));
    if (total <= 0 || read <= 0) {
      return rate;
    }
    double left = seconds * Math.max(0, total - read) / read;
    return String.format(
        Locale.ROOT,
        "%3.0f %% of %.0f MB, %s, %.0f s left",
        100 * read / total,
        total / 1e6,
        rate,
        left);
  }
}
