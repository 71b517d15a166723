package dev.portcullis.journal;

/**
 * Which entries are under a legal hold: retention must not delete them, whatever their age. From
 * any thread; may block.
 */
@FunctionalInterface
public interface Holds {
  /** Nothing is held. */
  Holds NONE = entry -> false;

  /**
   * Whether that entry must be kept.
   *
   * @throws RuntimeException if that can't be told: then nothing may be deleted
   */
  boolean holds(JournalEntry entry);

  /**
   * The holds as they are now: for a run over many entries, which asks for it once at its
   * beginning.
   *
   * @throws RuntimeException if that can't be told: then nothing may be deleted
   */
  default Holds current() {
    return this;
  }
}
