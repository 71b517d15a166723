package dev.portcullis.gate.observe;

import dev.portcullis.journal.Observation;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Reads a body as it passes. Whatever can't be read makes the observation partial, never the
 * exchange fail: from the part of the body on in which that happens, its bytes count as unobserved.
 */
final class StreamingObserver implements BodyObserver, Decoder.Sink {
  private final @Nullable Decoder decoder;
  private final DocumentReader reader;
  private final Walk walk;
  private final int limit;
  private final boolean fragment;
  private long received;
  private long read;
  private long unobserved;
  private boolean partial;

  /**
   * @param limit bytes that are read, counted after decoding: a body that is small when it comes
   *     may be endless when decoded
   * @param fragment whether the body is known to be the beginning of something longer
   */
  StreamingObserver(
      @Nullable Decoder decoder, DocumentReader reader, Walk walk, int limit, boolean fragment) {
    this.decoder = decoder;
    this.reader = reader;
    this.walk = walk;
    this.limit = limit;
    this.fragment = fragment;
  }

  @Override
  public void bytes(ByteBuffer part) {
    int length = part.remaining();
    received += length;
    if (partial) {
      unobserved += length;
      return;
    }
    if (length == 0) {
      return;
    }
    try {
      if (decoder == null) {
        plain(part, length);
      } else {
        decoder.decode(part, this);
      }
    } catch (UnreadableException noMore) {
      partial = true;
      unobserved += length;
    }
  }

  /** Whether nothing more is read. */
  boolean isPartial() {
    return partial;
  }

  private void plain(ByteBuffer part, int length) throws UnreadableException {
    int most = (int) Math.min(length, limit - read);
    if (most > 0) {
      read += most;
      reader.read(most < length ? part.slice(part.position(), most) : part);
    }
    if (most < length) {
      partial = true;
      unobserved += length - most;
    }
  }

  @Override
  public void take(ByteBuffer decoded) throws UnreadableException {
    int length = decoded.remaining();
    int most = (int) Math.min(length, limit - read);
    read += most;
    if (most > 0) {
      reader.read(most < length ? decoded.slice(decoded.position(), most) : decoded);
    }
    if (most < length) {
      throw new UnreadableException();
    }
  }

  @Override
  public Observed end(boolean whole) {
    boolean ended = false;
    if (!partial) {
      try {
        ended = reader.end() && (decoder == null || decoder.isWhole());
      } catch (UnreadableException brokenEnd) {
        // What came before it was read.
      }
    }
    reader.close();
    if (decoder != null) {
      decoder.close();
    }
    boolean nothingRead = partial && read == 0 && received > 0;
    return new Observed(
        walk.subjects(),
        walk.dataClasses(),
        nothingRead
            ? Observation.UNREADABLE
            : whole && ended && !fragment ? Observation.COMPLETE : Observation.PARTIAL,
        walk.records(),
        unobserved);
  }
}
