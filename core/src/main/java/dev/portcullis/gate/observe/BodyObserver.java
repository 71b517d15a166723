package dev.portcullis.gate.observe;

import java.nio.ByteBuffer;

/**
 * Reads one body while it streams, for data subjects and data classes. Owned by one event loop.
 * Must be ended, for it may hold memory outside the heap.
 */
public interface BodyObserver {
  /** The next part of the body. Never throws for what it holds. */
  void bytes(ByteBuffer part);

  /** The body has ended or broken off. */
  Findings end(boolean whole);
}
