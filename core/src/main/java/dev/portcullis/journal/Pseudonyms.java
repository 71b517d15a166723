package dev.portcullis.journal;

/** Turns data subjects into pseudonyms and, for those allowed, back. */
public interface Pseudonyms {
  /**
   * The pseudonym of that subject; the same each time, until the subject is erased. Called by the
   * journal's writer alone, which calls {@link #commit} before any record that tells the pseudonym
   * is written, or {@link #rollback}.
   *
   * @throws PseudonymsUnavailableException if none can be given now
   */
  Pseudonym of(String subject);

  /** Who is behind the pseudonym. From any thread. */
  Revealed reveal(Pseudonym pseudonym);

  /**
   * Makes durable what tells whose the pseudonyms are that were given since the last call. After a
   * trouble it also tries whether it is over.
   *
   * @throws PseudonymsUnavailableException if it can't; none of them may be recorded
   */
  default void commit() {}

  /** Takes back what was given for the first time since the last {@link #commit}. Never throws. */
  default void rollback() {}
}
