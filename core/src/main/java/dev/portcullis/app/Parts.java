package dev.portcullis.app;

import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Parts that run, stopped in the opposite order of their start; one that fails stops none of the
 * others.
 */
public final class Parts implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Parts.class);
  private final Deque<AutoCloseable> running = new ArrayDeque<>();

  /** Takes one in, and gives it back. */
  public synchronized <T extends AutoCloseable> T add(T part) {
    running.push(part);
    return part;
  }

  @Override
  public synchronized void close() {
    while (!running.isEmpty()) {
      AutoCloseable part = running.pop();
      try {
        part.close();
      } catch (Exception e) {
        LOG.error("Stopping {} failed", part.getClass().getSimpleName(), e);
      }
    }
  }
}
