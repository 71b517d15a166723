package dev.portcullis.scope;

import java.util.List;

/**
 * Whose the exchanges were with what is hostile: its rightful owner's, the thief's, or nobody's
 * that could be told. The three are disjoint in exchanges; the same subject may be in more than
 * one.
 *
 * @param thief matching the signals, by a client or from a source that was not there before
 * @param owner by a client that was there long before the breach: not counted in the scope
 * @param undetermined neither
 * @param possibleOwner of the undetermined those that are counted in the scope, exchanges: they may
 *     be the owner's
 * @param basis by what they were told apart, in words
 */
public record Split(
    Part thief, Part owner, Part undetermined, long possibleOwner, List<String> basis) {
  /** Nothing to be told apart. */
  public static final Split NONE = new Split(Part.NONE, Part.NONE, Part.NONE, 0, List.of());

  /**
   * One of the three.
   *
   * @param exchanges that reached the upstream
   * @param refused the others
   * @param subjects distinct, reached
   */
  public record Part(long exchanges, long refused, long subjects) {
    static final Part NONE = new Part(0, 0, 0);
  }
}
