package dev.portcullis.gate.observe;

import java.nio.ByteBuffer;

/** Takes a content coding (RFC 9110 §8.4.1) off a body, part by part. */
interface Decoder {
  /** Where decoded bytes go; stops the decoding by throwing. */
  @FunctionalInterface
  interface Sink {
    void take(ByteBuffer decoded) throws UnreadableException;
  }

  /**
   * The next part. What comes out of it may be a thousand times as long; it is handed on in pieces.
   *
   * @throws UnreadableException if it is not of this coding, or the sink wants no more
   */
  void decode(ByteBuffer part, Sink sink) throws UnreadableException;

  /** Whether the coded body ends properly here. */
  boolean isWhole();

  /** Gives back memory outside the heap. */
  void close();
}
