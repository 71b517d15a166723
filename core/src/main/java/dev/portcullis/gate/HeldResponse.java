package dev.portcullis.gate;

import dev.portcullis.gate.wire.Ascii;
import dev.portcullis.gate.wire.Framing;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The part of a response that may not leave yet: all of it where nothing may leave before its
 * record is on disk, otherwise its last part. Which part is the last is known beforehand only when
 * a length was declared; else the newest one is held back until the next arrives.
 */
final class HeldResponse {
  /** Small responses are held whole even so: then a failure can still be answered properly. */
  private static final int SMALL = 64 << 10;

  private static final ByteBuf CRLF = constant("\r\n");
  private static final ByteBuf LAST_CHUNK = constant("0\r\n\r\n");

  private final ClientLink client;
  private final boolean whole;
  private final int limit;
  private final List<ByteBuf> held = new ArrayList<>(4);
  private Framing framing = Framing.NONE;
  private int newest;
  private long bytes;
  private long total;
  private boolean begun;

  /**
   * @param whole whether nothing may leave before the end
   * @param limit bytes of a body that may be held so
   */
  HeldResponse(ClientLink client, boolean whole, int limit) {
    this.client = client;
    this.whole = whole;
    this.limit = limit;
  }

  private static ByteBuf constant(String text) {
    return Unpooled.unreleasableBuffer(
        Unpooled.directBuffer().writeBytes(text.getBytes(StandardCharsets.US_ASCII)).asReadOnly());
  }

  void head(ByteBuf head, Framing framingToClient) {
    framing = framingToClient;
    held.add(head);
  }

  /**
   * Takes a part of the body.
   *
   * @return false if it would hold more than the limit; then the part is thrown away
   */
  boolean part(ByteBuf part) {
    int length = part.readableBytes();
    total += length;
    if (whole && total > limit) {
      part.release();
      return false;
    }
    newest = held.size();
    bytes += length;
    if (framing.kind() == Framing.Kind.CHUNKED) {
      ByteBuf size = client.allocator().buffer(16);
      Ascii.chunkSize(size, length);
      held.add(size);
      held.add(part);
      held.add(CRLF.duplicate());
    } else {
      held.add(part);
    }
    if (bytes > SMALL) {
      passOn();
    }
    return true;
  }

  /** Lets everything leave that need not be held back. */
  void passOn() {
    if (whole || bytes == 0) {
      return;
    }
    boolean lastKnown = framing.kind() == Framing.Kind.LENGTH && total < framing.length();
    int upTo = lastKnown ? held.size() : newest;
    // The head alone waits for the first part: until then a failure can be answered properly.
    if (upTo > 1 || (upTo == 1 && begun)) {
      write(upTo);
    }
  }

  private void write(int upTo) {
    begun = true;
    for (int i = 0; i < upTo; i++) {
      ByteBuf part = held.get(i);
      client.write(part);
    }
    held.subList(0, upTo).clear();
    newest = 0;
    bytes = 0;
    for (ByteBuf part : held) {
      bytes += part.readableBytes();
    }
    client.flush();
  }

  /** The body has ended. */
  void end() {
    if (framing.kind() == Framing.Kind.CHUNKED) {
      held.add(LAST_CHUNK.duplicate());
    }
  }

  /** Lets everything leave. */
  void release() {
    write(held.size());
  }

  /** Throws away what is held. */
  void discard() {
    held.forEach(ByteBuf::release);
    held.clear();
    bytes = 0;
  }

  /** Whether something has left already. */
  boolean isBegun() {
    return begun;
  }
}
