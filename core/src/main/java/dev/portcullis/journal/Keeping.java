package dev.portcullis.journal;

import dev.portcullis.config.JournalSettings;
import dev.portcullis.config.RetentionSettings;
import dev.portcullis.journal.archive.ArchivePaths;
import dev.portcullis.journal.archive.ArchiveStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is done with the journal's older part, one thing at a time and beside the writer. */
final class Keeping {
  private static final Logger LOG = LoggerFactory.getLogger(Keeping.class);

  private final Path journal;
  private final SegmentStore segments;
  private final RecentEntries recent;
  private final JournalMeters meters;
  private final InstantSource clock;
  private final Archiver archiver;
  private final Retention retention;
  private final ReentrantLock lock = new ReentrantLock();

  /** Hands a record over to the writer. */
  interface Appender {
    void append(Recording recording, Journal.Durability durability, Journal.Receipt receipt);
  }

  Keeping(
      Path journal,
      SegmentStore segments,
      ArchiveStore archive,
      RecentEntries recent,
      CheckpointFiles checkpoints,
      Appender appender,
      JournalMeters meters,
      JournalSettings settings,
      InstantSource clock) {
    this.journal = journal;
    this.segments = segments;
    this.recent = recent;
    this.meters = meters;
    this.clock = clock;
    this.archiver = new Archiver(journal, archive);
    this.retention =
        new Retention(journal, archive, new ExpiryRecorder(appender, checkpoints, settings), clock);
  }

  ArchiveReport archive(Duration after) {
    lock.lock();
    try {
      Instant latest = clock.instant().minus(after);
      int archived = 0;
      long records = 0;
      long before = 0;
      long now = 0;
      int waiting = 0;
      for (Path segment : segments.sealed()) {
        if (SegmentPaths.isArchived(segment)) {
          continue;
        }
        if (Files.getLastModifiedTime(segment).toInstant().isAfter(latest)) {
          waiting++;
          continue;
        }
        long bytes = Files.size(segment);
        records += archiver.archive(segment);
        archived++;
        before += bytes;
        now += Files.size(ArchivePaths.file(journal, SegmentPaths.firstSequence(segment)));
      }
      meters.archived(records);
      return new ArchiveReport(archived, records, before, now, waiting);
    } catch (IOException | JournalException e) {
      throw failed("The journal's segments can't be archived; they stay as they are", e);
    } finally {
      lock.unlock();
    }
  }

  RetentionReport retain(RetentionSettings settings, Holds holds, boolean preview) {
    lock.lock();
    try {
      List<Path> archived = segments.sealed().stream().filter(SegmentPaths::isArchived).toList();
      RetentionReport report = retention.run(archived, settings, holds, preview);
      if (!preview && report.exchanges() > 0) {
        meters.expired(report.exchanges());
        recent.forgetBelow(
            segments.nextAfter(SegmentPaths.firstSequence(archived.getLast())).orElse(0L));
      }
      return report;
    } catch (IOException | JournalException e) {
      throw failed("The journal's retention could not be finished; what was not removed stays", e);
    } finally {
      lock.unlock();
    }
  }

  /** Loud, since nobody waits for it. */
  private JournalException failed(String what, Exception e) {
    meters.archiveFailed();
    LOG.error("{}: {}", what, e.getMessage());
    return new JournalException(what + ": " + e.getMessage(), e);
  }
}
