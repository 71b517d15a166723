package dev.portcullis.journal;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

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
   * @param keys that signed it, one after the other
   * @param attested by witnesses and time-stamping authorities
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
      int keys,
      Attested attested,
      long expired)
      implements Verification {
    /** Gaps listed. */
    public static final int MAX_GAPS = 1_000;

    @Override
    public String text() {
      return "%,d exchanges verified against %,d signed checkpoints; %,d records are newer than the last one%s%s%s%s"
          .formatted(
              exchanges,
              checkpoints,
              unsigned,
              lost == 0 ? "" : "; %,d exchanges are recorded as lost".formatted(lost),
              expired == 0
                  ? ""
                  : "; %,d of the exchanges have expired: retention removed them and recorded it"
                      .formatted(expired),
              keys == 1 ? "" : "; signed by %d keys, one after the other".formatted(keys),
              attested.text());
    }
  }

  /**
   * What others have put their names under; each was checked.
   *
   * @param cosignatures of the witnesses that were named to the verifier
   * @param cosignedSize records under the last of them
   * @param cosignedAt when, as the witness says
   * @param timestamps of time-stamping authorities (RFC 3161)
   * @param stampedSize records under the last of them
   * @param stampedAt when, as the authority says
   * @param anchored whether each authority's certificate leads to one that was named
   */
  record Attested(
      long cosignatures,
      long cosignedSize,
      Optional<Instant> cosignedAt,
      long timestamps,
      long stampedSize,
      Optional<Instant> stampedAt,
      boolean anchored) {
    /** By nobody. */
    public static final Attested NOT =
        new Attested(0, 0, Optional.empty(), 0, 0, Optional.empty(), false);

    String text() {
      var text = new StringBuilder();
      cosignedAt.ifPresent(at ->
          text.append(
              "; %,d cosignatures, the last over %,d records at %s"
                  .formatted(cosignatures, cosignedSize, at)));
      stampedAt.ifPresent(at ->
          text.append(
              "; %,d timestamps, the last over %,d records at %s%s"
                  .formatted(
                      timestamps,
                      stampedSize,
                      at,
                      anchored ? "" : " (whose authority is anyone: none was named)")));
      return text.toString();
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
      /** A checkpoint is not signed by the key; or what was put under it by others is wrong. */
      SIGNATURE,
      /** The chain from the first key to those after it is broken, or one was forged into it. */
      KEY,
      /** Something between two checkpoints was rewritten together with its hashes. */
      CHECKPOINT_MISMATCH
    }
  }
}
