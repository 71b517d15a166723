package dev.portcullis.gate.observe;

import java.nio.ByteBuffer;

/** Reads a document of one format part by part, and tells a walk of it. */
interface DocumentReader {
  /**
   * The next part.
   *
   * @throws UnreadableException if it can't be read from here on
   */
  void read(ByteBuffer part) throws UnreadableException;

  /**
   * No more comes: whether the document ends here properly.
   *
   * @throws UnreadableException if its end can't be read
   */
  boolean end() throws UnreadableException;

  /** Gives back what it holds. */
  default void close() {}
}
