package dev.portcullis.journal;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongPredicate;

/**
 * Bounds {@code checkpoints.log}: the newest are all kept; of those before, the last one in each
 * block of records, the last countersigned one in it, and those that something refers to. What is
 * lost is precision alone: where a record and its hash were both rewritten, the verifier can name a
 * block and no smaller range.
 */
final class CheckpointThinning {
  /** The newest that are all kept. */
  static final int NEWEST = 1_024;

  /** Records in a block. */
  static final long BLOCK = 1 << 16;

  /** No thinning below. */
  static final long MIN_BYTES = 1 << 20;

  private record Kept(String note, Optional<Checkpoint> checkpoint) {
    boolean sameBlock(Kept other) {
      return block() == other.block();
    }

    private long block() {
      return checkpoint.map(c -> (c.head().size() - 1) / BLOCK).orElse(-1L);
    }

    boolean isCountersigned() {
      return checkpoint.map(c -> c.signatures().size() > 1).orElse(false);
    }
  }

  private CheckpointThinning() {}

  /**
   * Thins it.
   *
   * @param needed sizes of trees whose checkpoints something refers to
   */
  static void thin(NoteLog log, LongPredicate needed) throws IOException {
    var all = new ArrayList<Kept>();
    log.read((note, offset) -> all.add(new Kept(note, Checkpoint.parse(note))));
    int old = Math.max(0, all.size() - NEWEST);
    var notes = new ArrayList<String>();
    for (int i = 0; i < old; i++) {
      // what is no checkpoint is evidence of something: it stays
      if (all.get(i).checkpoint().isEmpty()
          || isLastOfBlock(all, i, old)
          || needed.test(all.get(i).checkpoint().get().head().size())) {
        notes.add(all.get(i).note());
      }
    }
    all.subList(old, all.size()).forEach(kept -> notes.add(kept.note()));
    if (notes.size() < all.size()) {
      log.replace(notes);
    }
  }

  private static boolean isLastOfBlock(List<Kept> all, int index, int end) {
    Kept kept = all.get(index);
    for (int i = index + 1; i < end && kept.sameBlock(all.get(i)); i++) {
      if (!kept.isCountersigned() || all.get(i).isCountersigned()) {
        return false;
      }
    }
    return true;
  }
}
