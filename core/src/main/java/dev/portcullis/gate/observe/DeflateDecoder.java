package dev.portcullis.gate.observe;

import java.nio.ByteBuffer;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/**
 * {@code deflate}: zlib (RFC 1950) by the standard, bare deflate (RFC 1951) from servers that took
 * its name for that; which of them, its first two bytes tell.
 */
final class DeflateDecoder implements Decoder {
  private static final int PIECE = 8 << 10;

  private final byte[] piece = new byte[PIECE];
  private @Nullable Inflater inflater;
  private int first = -1;

  @Override
  public void decode(ByteBuffer part, Sink sink) throws UnreadableException {
    if (!part.hasRemaining()) {
      return;
    }
    if (inflater == null) {
      if (first < 0) {
        first = part.get() & 0xff;
      }
      if (!part.hasRemaining()) {
        return;
      }
      int second = part.get(part.position()) & 0xff;
      boolean zlib = (first & 0x0f) == 8 && (first << 8 | second) % 31 == 0;
      inflater = new Inflater(!zlib);
      inflate(inflater, ByteBuffer.wrap(new byte[] {(byte) first}), sink);
    }
    inflate(inflater, part, sink);
  }

  private void inflate(Inflater with, ByteBuffer part, Sink sink) throws UnreadableException {
    with.setInput(part);
    while (!with.finished()) {
      int length = Inflated.next(with, piece);
      if (length == 0) {
        break;
      }
      sink.take(ByteBuffer.wrap(piece, 0, length));
    }
    if (part.hasRemaining()) {
      throw new UnreadableException();
    }
  }

  @Override
  public boolean isWhole() {
    return inflater == null ? first < 0 : inflater.finished();
  }

  @Override
  public void close() {
    if (inflater != null) {
      inflater.end();
    }
  }
}
