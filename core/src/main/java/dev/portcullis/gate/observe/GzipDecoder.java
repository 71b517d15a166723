package dev.portcullis.gate.observe;

import java.nio.ByteBuffer;
import java.util.zip.CRC32;
import java.util.zip.Inflater;

/** {@code gzip} (RFC 1952): members one after the other, each with its checksum. */
final class GzipDecoder implements Decoder {
  private static final int PIECE = 8 << 10;

  private final Inflater inflater = new Inflater(true);
  private final GzipHeader header = new GzipHeader();
  private final CRC32 checksum = new CRC32();
  private final byte[] piece = new byte[PIECE];
  private boolean inBody;
  private int trailing;
  private long trailer;
  private boolean whole = true;

  @Override
  public void decode(ByteBuffer part, Sink sink) throws UnreadableException {
    while (part.hasRemaining()) {
      if (trailing > 0) {
        trailer(part.get());
      } else if (inBody) {
        body(part, sink);
      } else {
        whole = false;
        inBody = header.take(part.get());
      }
    }
  }

  private void body(ByteBuffer part, Sink sink) throws UnreadableException {
    inflater.setInput(part);
    while (!inflater.finished()) {
      int length = Inflated.next(inflater, piece);
      if (length == 0) {
        break;
      }
      checksum.update(piece, 0, length);
      sink.take(ByteBuffer.wrap(piece, 0, length));
    }
    if (inflater.finished()) {
      inBody = false;
      trailing = 8;
      trailer = 0;
    }
  }

  // CRC-32 and length modulo 2^32, least byte first.
  private void trailer(byte octet) throws UnreadableException {
    trailer = trailer >>> 8 | (octet & 0xffL) << 56;
    if (--trailing == 0) {
      long expected = inflater.getBytesWritten() << 32 | checksum.getValue();
      if (trailer != expected) {
        throw new UnreadableException();
      }
      inflater.reset();
      checksum.reset();
      header.reset();
      whole = true;
    }
  }

  @Override
  public boolean isWhole() {
    return whole;
  }

  @Override
  public void close() {
    inflater.end();
  }
}
