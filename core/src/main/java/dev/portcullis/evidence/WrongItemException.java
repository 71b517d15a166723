package dev.portcullis.evidence;

/** Ends a verification at the first thing that is wrong; caught before it leaves this package. */
final class WrongItemException extends Exception {
  private static final long serialVersionUID = 1L;

  private final String item;

  WrongItemException(String item, String why) {
    super(why);
    this.item = item;
  }

  EvidenceVerdict.Wrong verdict() {
    return new EvidenceVerdict.Wrong(item, String.valueOf(getMessage()));
  }
}
