package dev.portcullis.analyze;

import dev.portcullis.analyze.format.Formats;
import dev.portcullis.analyze.format.LogFormat;
import dev.portcullis.detect.Signal;
import dev.portcullis.gate.inspect.RuleInspection;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Follows files as they grow, through rotation: what is there is read first, what comes is judged
 * as it comes.
 */
public final class Following {
  /** How often files are looked at. */
  static final Duration EVERY = Duration.ofMillis(250);

  private final AnalyzerSettings settings;
  private final RuleInspection inspection = RuleInspection.standard();

  /** With those settings. */
  public Following(AnalyzerSettings settings) {
    this.settings = settings;
  }

  /**
   * Follows until told to stop.
   *
   * @param paths of plain files; one that is not there yet is waited for
   * @param heard is told each signal as it is raised
   * @param stop ends it
   * @throws AnalyzeException if a file's format is not known
   */
  public Report run(List<Path> paths, Consumer<Signal> heard, CountDownLatch stop)
      throws InterruptedException {
    var formats = new Formats(settings.fields());
    var broken = new BrokenLines();
    var fold = new Fold(settings.detectors(), heard);
    var tails = new ArrayList<Tail>();
    paths.forEach(path -> tails.add(new Tail(path)));
    var files = new ArrayList<LogFile>();
    paths.forEach(path -> files.add(unknown(files.size(), path)));
    try (var readers = new Readers(settings, inspection)) {
      boolean ending = false;
      while (!ending) {
        ending = stop.await(EVERY.toMillis(), TimeUnit.MILLISECONDS);
        for (int i = 0; i < tails.size(); i++) {
          for (byte[] piece = tails.get(i).read(); piece.length > 0; piece = tails.get(i).read()) {
            LogFile file = recognised(files.get(i), formats, piece);
            files.set(i, file);
            Optional<LogFormat> format = file.format();
            Batch batch = readers.read(format.orElseThrow(), piece, piece.length);
            long before = tails.get(i).lines();
            broken.add(file.name(), before, batch);
            batch.events().forEach(event -> fold.accept(file, before, event));
            tails.get(i).counted(batch.lines());
          }
        }
      }
      return new ReportMaker(files, broken, readers.counts(), fold).report();
    } finally {
      tails.forEach(Tail::close);
    }
  }

  private static LogFile unknown(int number, Path path) {
    return new LogFile(
        number,
        Visible.of(path.toString(), 400),
        java.io.InputStream::nullInputStream,
        Optional.empty(),
        Long.MAX_VALUE);
  }

  private LogFile recognised(LogFile file, Formats formats, byte[] head) {
    return file.format().isPresent() ? file : LogFile.recognised(file, head, settings, formats);
  }
}
