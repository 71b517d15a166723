package dev.portcullis.journal;

import java.util.Optional;

/** A journal as evidence: its records byte by byte, and what proves that they are its own. */
public interface JournalRecords {
  /** The public keys that its checkpoints are signed with. */
  TrustedKeys keys();

  /**
   * The last checkpoint; empty if none was signed yet.
   *
   * @throws JournalException if it can't be read or is not signed by one of the keys
   */
  Optional<SignedTree> signed();

  /** Records written so far, gaps too: the size that the next checkpoint has at least. */
  long written();

  /**
   * To read records and prove that they are in that tree. To be closed.
   *
   * @throws JournalException if the journal can't be read
   */
  RecordCursor open(SignedTree tree);
}
