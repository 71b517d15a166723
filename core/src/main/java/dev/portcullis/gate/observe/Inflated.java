package dev.portcullis.gate.observe;

import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** What {@code gzip} and {@code deflate} share. */
final class Inflated {
  private Inflated() {}

  /** The next bytes; 0 if more input is needed. */
  static int next(Inflater inflater, byte[] piece) throws UnreadableException {
    try {
      int length = inflater.inflate(piece);
      if (length == 0 && inflater.needsDictionary()) {
        throw new UnreadableException();
      }
      return length;
    } catch (DataFormatException notDeflated) {
      throw new UnreadableException();
    }
  }
}
