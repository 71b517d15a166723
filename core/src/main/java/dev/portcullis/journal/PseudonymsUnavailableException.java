package dev.portcullis.journal;

/** Pseudonyms can't be given or kept now; the message names the place and never a data subject. */
public final class PseudonymsUnavailableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final boolean diskFull;

  /**
   * With the message for people.
   *
   * @param diskFull whether room is what is missing
   */
  public PseudonymsUnavailableException(String message, boolean diskFull, Throwable cause) {
    super(message, cause);
    this.diskFull = diskFull;
  }

  /** Whether room is what is missing. */
  public boolean isDiskFull() {
    return diskFull;
  }
}
