package dev.portcullis.journal;

import dev.portcullis.config.JournalSettings;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that writes. Each turn takes what waits, writes it at once and tells the receipts.
 * While the disk fails it tries again every {@link #RETRY_NANOS}, and loses, counted, what comes in
 * between; the first thing it writes after that is the gap.
 */
final class JournalWriter implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(JournalWriter.class);
  private static final long RETRY_NANOS = 100_000_000;
  private static final long IDLE_NANOS = 1_000_000_000;

  private final AppendQueue queue;
  private final SegmentStore store;
  private final MerkleTree tree;
  private final Syncer syncer;
  private final CheckpointFiles checkpoints;
  private final Progress progress;
  private final RecentEntries recent;
  private final GapTally gaps;
  private final Receipts receipts;
  private final JournalMeters meters;
  private final JournalSettings settings;
  private final InstantSource clock;

  private final Batch batch;
  private final CompletableFuture<Boolean> done = new CompletableFuture<>();
  private long sequence;
  private long lastAttempt;
  private long lastCheckpoint = System.nanoTime();
  private String failureReason = "";
  private volatile Optional<String> failure = Optional.empty();
  private volatile boolean asleep;
  private volatile boolean closing;
  private volatile boolean finished;
  private volatile Optional<Thread> thread = Optional.empty();

  JournalWriter(
      AppendQueue queue,
      SegmentStore store,
      Opening.Opened opened,
      Syncer syncer,
      CheckpointFiles checkpoints,
      Progress progress,
      RecentEntries recent,
      GapTally gaps,
      Receipts receipts,
      JournalMeters meters,
      JournalSettings settings,
      Pseudonyms pseudonyms,
      InstantSource clock) {
    this.queue = queue;
    this.store = store;
    this.tree = opened.tree();
    this.sequence = opened.sequence();
    this.syncer = syncer;
    this.checkpoints = checkpoints;
    this.progress = progress;
    this.recent = recent;
    this.gaps = gaps;
    this.receipts = receipts;
    this.meters = meters;
    this.settings = settings;
    this.batch = new Batch(pseudonyms);
    this.clock = clock;
  }

  void start() {
    var started =
        Thread.ofPlatform().name("portcullis-journal-writer").daemon(true).unstarted(this);
    thread = Optional.of(started);
    started.start();
  }

  boolean isClosing() {
    return closing;
  }

  Optional<String> failure() {
    return failure.or(
        () -> syncer.failure().map(e -> DiskTrouble.reason(e) + ": " + e.getMessage()));
  }

  /** After each offer. */
  void wake() {
    if (asleep) {
      asleep = false;
      thread.ifPresent(LockSupport::unpark);
    }
    if (finished) {
      refuseLatecomers();
    }
  }

  /** Returns when all that was handed over has its receipt and the last checkpoint is signed. */
  void close() {
    closing = true;
    thread.ifPresent(LockSupport::unpark);
    done.join();
  }

  @Override
  public void run() {
    try {
      while (!closing || !queue.isEmpty()) {
        turn();
      }
      if (!gaps.isEmpty() || failure.isPresent()) {
        lastAttempt = System.nanoTime() - RETRY_NANOS;
        turn();
      }
      finish();
    } catch (Error e) {
      failure = Optional.of("stopped at " + clock.instant() + " by " + e);
      throw e;
    } finally {
      batch.unlink();
      closing = true;
      finished = true;
      refuseLatecomers();
      progress.close();
      done.complete(true);
    }
  }

  private void turn() {
    syncer.failure().filter(_ -> failure.isEmpty()).ifPresent(this::failed);
    if (failure.isPresent() && !closing && System.nanoTime() - lastAttempt < RETRY_NANOS) {
      loseWaiting(failureReason);
      sleep(RETRY_NANOS - (System.nanoTime() - lastAttempt));
      return;
    }
    batch.clear();
    try {
      batch.addGaps(gaps.take());
      syncer.writing(true);
      fill();
      if (batch.records() == 0 && failure.isEmpty()) {
        syncer.writing(false);
        batch.unlink();
        idle();
      } else {
        batch.link();
        write();
      }
    } catch (IOException | RuntimeException | OutOfMemoryError e) {
      syncer.writing(false);
      failed(e);
      batch.unlink();
      batch.gaps().forEach(gaps::add);
      batch.appends().forEach(append -> receipts.lost(append, failureReason));
      batch.notes().forEach(note -> receipts.lost(note, failureReason));
    }
  }

  private void fill() {
    while (batch.hasRoom()) {
      Append next = queue.poll();
      if (next == null) {
        return;
      }
      if (!batch.add(next)) {
        receipts.lost(next, "unrecordable");
      }
    }
  }

  private void write() throws IOException {
    if (failure.isPresent()) {
      lastAttempt = System.nanoTime();
      // whatever failed, an fsync may be among it: one inside a rotation says no more than any
      // other
      store.rewriteUnsynced();
      syncer.repaired();
    }
    store.rotateBeyond(settings.segmentSize(), tree, sequence);
    if (batch.records() > 0) {
      store.append(batch);
    }
    failure.ifPresent(text -> LOG.warn("The journal records again after: {}", text));
    failure = Optional.empty();
    published();
  }

  /** From here on nothing may fail: it is written. */
  private void published() {
    for (int i = 0; i < batch.records(); i++) {
      tree.add(batch.leaves(), i * MerkleHash.BYTES);
    }
    List<Append> appends = batch.appends();
    long first = sequence;
    for (int i = 0; i < appends.size(); i++) {
      var exchange = ExchangeCodec.asRecorded(batch.exchange(i));
      recent.put(new JournalEntry(first + i, exchange), batch.length(i));
    }
    sequence = first + appends.size();
    progress.advance(sequence);
    meters.recorded(appends.size());
    var waiters = new ArrayList<Syncer.Waiter>();
    for (int i = 0; i < appends.size(); i++) {
      if (appends.get(i).durability() == Journal.Durability.WRITTEN) {
        receipts.recorded(appends.get(i), first + i);
      } else {
        waiters.add(new Syncer.Waiter(appends.get(i), first + i));
      }
    }
    batch.notes().forEach(note -> waiters.add(new Syncer.Waiter(note, tree.size())));
    syncer.written(waiters, headIfDue());
  }

  private void failed(Throwable e) {
    failureReason = DiskTrouble.reason(e);
    lastAttempt = System.nanoTime();
    if (failure.isEmpty()) {
      LOG.error(
          "The journal can't record ({}): exchanges are lost, counted, until it can again",
          failureReason,
          e);
      failure = Optional.of(failureReason + " since " + clock.instant() + ": " + e.getMessage());
    }
    try {
      store.cutTail();
    } catch (IOException again) {
      LOG.debug("The tail could not be cut yet: it will be before the next write", again);
    }
  }

  private void loseWaiting(String reason) {
    for (Append next = queue.poll(); next != null; next = queue.poll()) {
      receipts.lost(next, reason);
    }
  }

  private void idle() {
    long wait = IDLE_NANOS;
    if (tree.size() > checkpoints.signedSize()) {
      Optional<TreeHead> head = headIfDue();
      if (head.isPresent()) {
        syncer.written(List.of(), head);
      }
      wait =
          Math.clamp(
              Waiting.nanos(settings.checkpointInterval()) - (System.nanoTime() - lastCheckpoint),
              1,
              IDLE_NANOS);
    }
    sleep(wait);
  }

  private Optional<TreeHead> headIfDue() {
    long now = System.nanoTime();
    if (tree.size() <= checkpoints.signedSize()
        || now - lastCheckpoint < Waiting.nanos(settings.checkpointInterval())) {
      return Optional.empty();
    }
    lastCheckpoint = now;
    return Optional.of(tree.head());
  }

  private void sleep(long nanos) {
    asleep = true;
    if (queue.isEmpty() && !closing) {
      LockSupport.parkNanos(this, nanos);
    }
    asleep = false;
  }

  private void finish() {
    syncer.stop();
    try {
      if (failure().isPresent()) {
        store.rewriteUnsynced();
      }
      store.force();
      if (tree.size() > checkpoints.signedSize()) {
        checkpoints.sign(tree.head());
      }
    } catch (IOException e) {
      LOG.error("The journal's last records may not be durable: {}", e.getMessage(), e);
    }
    if (!gaps.isEmpty()) {
      LOG.error("Lost and not recorded as a gap, because the disk still fails: {}", gaps.take());
    }
    try {
      store.close();
    } catch (IOException e) {
      LOG.error("The journal's last segment could not be closed: {}", e.getMessage(), e);
    }
  }

  /** Whoever offered while the writer left. */
  private synchronized void refuseLatecomers() {
    for (Append next = queue.poll(); next != null; next = queue.poll()) {
      receipts.refused(next);
    }
  }
}
