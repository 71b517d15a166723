package dev.portcullis.journal;

import dev.portcullis.config.JournalSettings;
import dev.portcullis.config.RetentionSettings;
import dev.portcullis.crypto.SigningKey;
import dev.portcullis.journal.archive.ArchivePaths;
import dev.portcullis.journal.archive.ArchiveStore;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A journal in files of a directory: {@code docs/journal-format.md}.
 *
 * <p>Producers hand over through {@link AppendQueue}; {@link JournalWriter}, one thread, writes;
 * {@link Syncer}, another, makes durable and signs; readers read memory and files on their own.
 */
public final class FileJournal implements Journal {
  private static final Logger LOG = LoggerFactory.getLogger(FileJournal.class);

  private final Path directory;
  private final DirectoryLock lock;
  private final AppendQueue queue;
  private final SegmentStore store;
  private final RecentEntries recent;
  private final Progress progress;
  private final Receipts receipts;
  private final JournalWriter writer;
  private final JournalMeters meters;
  private final Attesting attesting;
  private final ArchiveStore archive;
  private final Keeping keeping;

  private FileJournal(
      Path directory,
      DirectoryLock lock,
      JournalSettings settings,
      SegmentFile.Opener opener,
      Opening.Opened opened,
      CheckpointFiles checkpoints,
      Attesting attesting,
      Pseudonyms pseudonyms,
      InstantSource clock,
      JournalMeters meters) {
    this.directory = directory;
    this.lock = lock;
    this.attesting = attesting;
    this.meters = meters;
    this.queue = new AppendQueue(settings.queue());
    this.store = new SegmentStore(directory, opener, opened);
    this.recent = new RecentEntries();
    this.progress = new Progress(opened.sequence());
    this.archive = new ArchiveStore(settings.archive().memory(), ArchivePaths.spill(directory));
    var gaps = new GapTally();
    opened.torn().ifPresent(gaps::add);
    this.receipts = new Receipts(gaps, meters);
    var syncer = new Syncer(store, queue, checkpoints, receipts, meters, settings.flushInterval());
    this.writer =
        new JournalWriter(
            queue,
            store,
            opened,
            syncer,
            checkpoints,
            progress,
            recent,
            gaps,
            receipts,
            meters,
            settings,
            pseudonyms,
            clock);
    this.keeping =
        new Keeping(
            directory, store, archive, recent, checkpoints, this::append, meters, settings, clock);
    meters.gauge("queue", queue::size);
    meters.gauge("failed", () -> writer.failure().isPresent() ? 1 : 0);
    meters.gauge("end", progress::end);
    meters.gauge("signed", checkpoints::signedSize);
    Thread.ofPlatform().name("portcullis-journal-syncer").daemon(true).start(syncer);
    writer.start();
    attesting.start();
  }

  /**
   * Opens the journal in that directory, making it if it isn't there, and holds it until closed.
   *
   * @param key signs checkpoints; its public part is written to {@code journal.pub}
   * @param origin names this journal in them, such as {@code gate-1/journal}: no spaces, no plus
   *     sign, the same at each opening
   * @param pseudonyms for the data subjects of what is appended
   * @throws JournalException if another process has it, or it is damaged other than by an
   *     unfinished last record, which is cut off, logged and counted
   */
  public static FileJournal open(
      Path directory,
      JournalSettings settings,
      SigningKey key,
      String origin,
      Pseudonyms pseudonyms,
      InstantSource clock,
      MeterRegistry registry) {
    return open(directory, settings, List.of(key), origin, pseudonyms, clock, registry);
  }

  /**
   * As above, with all keys that the node has, the newest last: the one that the journal's own
   * chain of keys ends with signs.
   */
  public static FileJournal open(
      Path directory,
      JournalSettings settings,
      List<SigningKey> keys,
      String origin,
      Pseudonyms pseudonyms,
      InstantSource clock,
      MeterRegistry registry) {
    return open(directory, settings, keys, origin, pseudonyms, clock, registry, SegmentFile::open);
  }

  static FileJournal open(
      Path directory,
      JournalSettings settings,
      List<SigningKey> keys,
      String origin,
      Pseudonyms pseudonyms,
      InstantSource clock,
      MeterRegistry registry,
      SegmentFile.Opener opener) {
    try {
      Files.createDirectories(directory);
      var lock = DirectoryLock.acquire(directory);
      boolean opened = false;
      try {
        Archiver.removeUnfinished(directory);
        var meters = new JournalMeters(registry);
        var attesters = Attesters.of(settings.attestation(), directory);
        var checkpoints = CheckpointFiles.open(directory, keys, origin, meters);
        var opening = new Opening(directory, opener, checkpoints.signed(), meters).open();
        recordNewKey(opening, checkpoints, pseudonyms);
        var journal =
            new FileJournal(
                directory,
                lock,
                settings,
                opener,
                opening,
                checkpoints,
                new Attesting(attesters, checkpoints, meters),
                pseudonyms,
                clock,
                meters);
        opened = true;
        return journal;
      } finally {
        if (!opened) {
          lock.close();
        }
      }
    } catch (IOException e) {
      throw new JournalException(
          "The journal in %s can't be opened: %s; check that the directory is there, writable and"
                  .formatted(directory, e)
              + " not full",
          e);
    }
  }

  /** The key that a rotation has announced signs from this record on. */
  private static void recordNewKey(
      Opening.Opened opened, CheckpointFiles checkpoints, Pseudonyms pseudonyms)
      throws IOException {
    MerkleTree tree = opened.tree();
    Optional<KeyRotation> rotation = checkpoints.unrecorded(tree.size());
    if (rotation.isPresent()) {
      var batch = new Batch(pseudonyms);
      batch.addKey(rotation.get());
      opened.active().append(batch);
      opened.active().forceAll();
      tree.add(batch.leaves(), 0);
      checkpoints.sign(tree.head());
    }
  }

  @Override
  public void append(Recording recording, Durability durability, Receipt receipt) {
    var append = new Append(recording, durability, receipt);
    if (writer.isClosing()) {
      receipts.refused(append);
    } else if (queue.offer(append)) {
      writer.wake();
    } else {
      receipts.lost(append, "journal-full");
    }
  }

  @Override
  public long end() {
    return progress.end();
  }

  @Override
  public boolean awaitBeyond(long sequence, Duration timeout) throws InterruptedException {
    return progress.awaitBeyond(sequence, timeout);
  }

  @Override
  public JournalReader read(long from) {
    if (from < 0) {
      throw new IllegalArgumentException("Sequence " + from + " (expected: 0 or more)");
    }
    return read(from, progress.end());
  }

  private JournalReader read(long from, long to) {
    return new FileJournalReader(directory, store, recent, archive, from, to);
  }

  @Override
  public JournalReader select(Selection selection) {
    return new Selecting(directory, store, archive).select(selection, progress.end(), this::read);
  }

  @Override
  public long firstSince(Instant moment, long low, long high) {
    long from = low;
    long to = high;
    while (from < to) {
      long middle = from + (to - from) / 2;
      Optional<JournalEntry> entry = firstFrom(middle, to);
      if (entry.isPresent() && entry.get().exchange().at().isBefore(moment)) {
        from = entry.get().sequence() + 1;
      } else {
        to = middle;
      }
    }
    return from;
  }

  /** Without sorting a whole file of the archive for one entry. */
  private Optional<JournalEntry> firstFrom(long sequence, long end) {
    long at = sequence;
    while (at < end) {
      Path segment = store.holding(at);
      if (!SegmentPaths.isArchived(segment)) {
        try (var reader = read(at, end)) {
          return reader.hasNext() ? Optional.of(reader.next()) : Optional.empty();
        }
      }
      Path file = ArchivePaths.file(directory, SegmentPaths.firstSequence(segment));
      Optional<JournalEntry> entry =
          Files.exists(file)
              ? archive.first(file, at).map(ArchiveRecords::entry)
              : Optional.empty();
      if (entry.isPresent()) {
        return entry.filter(found -> found.sequence() < end);
      }
      at = store.nextAfter(at).orElse(end);
    }
    return Optional.empty();
  }

  /**
   * Moves segments that were sealed at least that long ago into the archive, oldest first. Blocks;
   * recording and reading go on meanwhile.
   *
   * @throws JournalException if one can't be: it stays as it is, those after it too
   */
  public ArchiveReport archive(Duration after) {
    return keeping.archive(after);
  }

  /**
   * Removes from the archive what has outlived its period and is not held. What is to go is first
   * recorded in the journal, and signed. Blocks; recording and reading go on meanwhile.
   *
   * @param preview only tells what would go
   * @throws JournalException if it can't be: what was not removed yet stays
   */
  public RetentionReport retain(RetentionSettings retention, Holds holds, boolean preview) {
    return keeping.retain(retention, holds, preview);
  }

  /** Its records byte by byte, and what proves that they are its own. */
  public JournalRecords records() {
    return new FileRecords(directory);
  }

  @Override
  public JournalHealth health() {
    return new JournalHealth(writer.failure(), meters.lost(), queue.size());
  }

  @Override
  public void close() {
    writer.close();
    attesting.close();
    archive.close();
    meters.close();
    try {
      lock.close();
    } catch (IOException e) {
      LOG.warn("The lock of {} could not be released: {}", directory, e.getMessage());
    }
  }
}
