package dev.portcullis.journal;

import java.util.List;

/** What the verifier found. */
public sealed interface Verification {
  /** For people. */
  String text();

  /**
   * All is as it was written.
   *
   * @param size records, gaps included: the tree's size
   * @param exchanges among them
   * @param root of the tree over all of them, base64
   * @param checkpoints that were checked, signature and root
   * @param gaps recorded, the first {@link #MAX_GAPS}
   * @param lost exchanges that all the gaps together name
   * @param unsigned records after the last checkpoint: intact, but only a checkpoint can prove that
   *     nobody rewrote them
   * @param tornBytes of an unfinished record at the end, as a running or killed process leaves it
   * @param expired exchanges that are not there any more, because retention has removed them and
   *     recorded it; their leaves are still in the tree
   */
  record Verified(
      long size,
      long exchanges,
      String root,
      long checkpoints,
      List<Gap> gaps,
      long lost,
      long unsigned,
      long tornBytes,
      long expired)
      implements Verification {
    /** Gaps listed. */
    public static final int MAX_GAPS = 1_000;

    @Override
    public String text() {
      return "%,d exchanges verified against %,d signed checkpoints; %,d records are newer than the last one%s%s"
          .formatted(
              exchanges,
              checkpoints,
              unsigned,
              lost == 0 ? "" : "; %,d exchanges are recorded as lost".formatted(lost),
              expired == 0
                  ? ""
                  : "; %,d of the exchanges have expired: retention removed them and recorded it"
                      .formatted(expired));
    }
  }

  /**
   * Something is not as it was written.
   *
   * @param file in the journal's directory
   * @param offset in that file, bytes
   * @param sequence of the first wrong exchange (for another record: of the exchange after it); -1
   *     when no record is concerned
   * @param what happened to it
   * @param text for people
   */
  record Damaged(String file, long offset, long sequence, What what, String text)
      implements Verification {
    /** Kinds of damage. */
    public enum What {
      /** Its bytes are not those that were written, or it was put in. */
      ALTERED,
      /** It was taken out. */
      MISSING,
      /** Another one stands in its place, and it elsewhere. */
      REORDERED,
      /** The journal ends before it. */
      TRUNCATED,
      /** A checkpoint is not signed by the key. */
      SIGNATURE,
      /** Something between two checkpoints was rewritten together with its hashes. */
      CHECKPOINT_MISMATCH
    }
  }
}
