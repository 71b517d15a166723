package dev.portcullis.journal;

import dev.portcullis.journal.archive.ArchivePaths;
import dev.portcullis.journal.archive.ArchiveStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;

/**
 * Plans the reading of a selection: runs of archived segments are asked of the database, a bounded
 * number of files at a time, so that what it has to sort is bounded; the others are read through.
 */
final class Selecting {
  /** Files in one query. */
  private static final int FILES = 64;

  private final Path journal;
  private final SegmentStore segments;
  private final ArchiveStore archive;

  Selecting(Path journal, SegmentStore segments, ArchiveStore archive) {
    this.journal = journal;
    this.segments = segments;
    this.archive = archive;
  }

  /** Opens part of the journal: from a sequence up to another. */
  interface Live {
    JournalReader read(long from, long to);
  }

  JournalReader select(Selection selection, long end, Live live) {
    var parts = new ArrayList<Supplier<JournalReader>>();
    var batch = new ArrayList<Path>();
    List<Path> all = segments.all();
    NavigableSet<Long> wanted = new TreeSet<>(selection.sequences());
    int i = 0;
    while (i < all.size()) {
      long first = SegmentPaths.firstSequence(all.get(i));
      if (SegmentPaths.isArchived(all.get(i))) {
        Path file = ArchivePaths.file(journal, first);
        long next = i + 1 < all.size() ? SegmentPaths.firstSequence(all.get(i + 1)) : end;
        boolean mayHold = !isOfSequencesAlone(selection) || !wanted.subSet(first, next).isEmpty();
        // a file that is not there: all in it has expired
        if (mayHold && Files.exists(file)) {
          batch.add(file);
        }
        if (batch.size() == FILES) {
          flush(batch, selection, end, parts);
        }
        i++;
      } else {
        flush(batch, selection, end, parts);
        int from = i;
        while (i < all.size() && !SegmentPaths.isArchived(all.get(i))) {
          i++;
        }
        long until = i < all.size() ? SegmentPaths.firstSequence(all.get(i)) : end;
        long start = SegmentPaths.firstSequence(all.get(from));
        parts.add(() -> new SelectingReader(live.read(start, until), selection));
      }
    }
    flush(batch, selection, end, parts);
    return new JoinedReader(parts);
  }

  private void flush(
      List<Path> batch, Selection selection, long end, List<Supplier<JournalReader>> parts) {
    if (!batch.isEmpty() && !isEmpty(selection)) {
      var files = List.copyOf(batch);
      parts.add(() -> new ArchivedReader(archive.select(files, selection), end));
    }
    batch.clear();
  }

  private static boolean isEmpty(Selection selection) {
    return isOfSequencesAlone(selection) && selection.sequences().isEmpty();
  }

  private static boolean isOfSequencesAlone(Selection selection) {
    return List.<Set<String>>of(
            selection.credentials(),
            selection.accounts(),
            selection.sources(),
            selection.fingerprints(),
            selection.sessions())
        .stream()
        .allMatch(Set::isEmpty);
  }
}
