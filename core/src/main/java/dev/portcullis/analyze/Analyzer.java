package dev.portcullis.analyze;

import dev.portcullis.analyze.format.Formats;
import dev.portcullis.analyze.format.LogFormat;
import dev.portcullis.detect.Signal;
import dev.portcullis.gate.inspect.Inspection;
import dev.portcullis.gate.inspect.RuleInspection;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.function.Consumer;

/**
 * Reads access logs and says what happened.
 *
 * <p>Files are put in the order of their first requests and merged by time; one is opened when its
 * time comes, so that a rotated set is read one after the other and the logs of two servers side by
 * side. Pieces are parsed by many threads; their events are folded in order by the calling thread,
 * as a journal's entries are.
 */
public final class Analyzer {
  private static final int PIECE = 1024 * 1024;
  private static final int SMALL_PIECE = 128 * 1024;

  /** With more files than that, pieces are small: all of them may be open at once. */
  private static final int MANY = 8;

  private final AnalyzerSettings settings;
  private final Inspection inspection = RuleInspection.standard();

  /** With those settings. */
  public Analyzer(AnalyzerSettings settings) {
    this.settings = settings;
  }

  /**
   * Analyses files.
   *
   * @param files in any order; {@code -} is standard input
   * @param stdin read if it is among them
   * @param progress is told how far the reading is
   * @param heard is told each signal as it is raised
   * @throws AnalyzeException if one can't be read or its format is not known
   */
  public Report run(List<Path> files, InputStream stdin, Progress progress, Consumer<Signal> heard)
      throws InterruptedException {
    var formats = new Formats(settings.fields());
    Deque<LogFile> waiting = new ArrayDeque<>(ordered(files, stdin, formats, progress));
    List<LogFile> all = List.copyOf(waiting);
    var broken = new BrokenLines();
    try (var readers = new Readers(settings, inspection)) {
      var fold = new Fold(settings.detectors(), heard);
      fold(waiting, all.size() > MANY ? SMALL_PIECE : PIECE, readers, progress, broken, fold);
      return new ReportMaker(all, broken, readers.counts(), fold).report();
    }
  }

  /** The parts that following a file needs. */
  Inspection inspection() {
    return inspection;
  }

  private List<LogFile> ordered(
      List<Path> paths, InputStream stdin, Formats formats, Progress progress) {
    var files = new ArrayList<LogFile>();
    long total = 0;
    boolean known = true;
    for (Path path : paths) {
      if (path.toString().equals("-")) {
        files.add(LogFile.of(stdin, settings, formats, progress));
        known = false;
      } else {
        files.add(LogFile.of(path, settings, formats, progress));
        total += size(path);
      }
    }
    progress.total(known ? total : 0);
    files.sort(Comparator.comparingLong(LogFile::first));
    var numbered = new ArrayList<LogFile>();
    for (LogFile file : files) {
      numbered.add(file.numbered(numbered.size()));
    }
    return numbered;
  }

  private static long size(Path path) {
    try {
      return Files.size(path);
    } catch (IOException e) {
      return 0;
    }
  }

  private static void fold(
      Deque<LogFile> waiting,
      int pieceSize,
      Readers readers,
      Progress progress,
      BrokenLines broken,
      Fold fold)
      throws InterruptedException {
    var open =
        new PriorityQueue<FileStream>(
            Comparator.comparingLong((FileStream stream) -> stream.event().at())
                .thenComparingInt(stream -> stream.file().number()));
    try {
      while (!open.isEmpty() || !waiting.isEmpty()) {
        while (!waiting.isEmpty()
            && (open.isEmpty() || waiting.getFirst().first() <= open.peek().event().at())) {
          LogFile file = waiting.removeFirst();
          Optional<LogFormat> format = file.format();
          if (format.isPresent()) {
            var stream = new FileStream(file, format.get(), readers, progress, broken, pieceSize);
            if (stream.advance()) {
              open.add(stream);
            }
          }
        }
        if (open.isEmpty()) {
          continue;
        }
        FileStream earliest = open.poll();
        long until =
            Math.min(
                open.isEmpty() ? Long.MAX_VALUE : open.peek().event().at(),
                waiting.isEmpty() ? Long.MAX_VALUE : waiting.getFirst().first() - 1);
        boolean more = true;
        do {
          fold.accept(earliest.file(), earliest.lines(), earliest.event());
          more = earliest.advance();
        } while (more && earliest.event().at() <= until);
        if (more) {
          open.add(earliest);
        }
      }
    } finally {
      open.forEach(FileStream::close);
    }
  }
}
