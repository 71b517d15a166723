package dev.portcullis.gate.listener;

import io.netty.buffer.ByteBuf;
import java.util.Arrays;
import java.util.Optional;

/**
 * Puts a ClientHello together from however many TLS records and reads it comes in. Never fails:
 * what is no ClientHello, or longer than any real one, gives none.
 */
final class HelloReader {
  /** Longest ClientHello; those with post-quantum keys and tickets have about 2 KiB. */
  static final int MAX_HELLO = 16 << 10;

  private static final int RECORD_HEADER = 5;
  private static final int HANDSHAKE_HEADER = 4;
  private static final int HANDSHAKE = 22;
  private static final int CLIENT_HELLO = 1;
  private static final int MAX_RECORD = 1 << 14;

  private final byte[] header = new byte[RECORD_HEADER];
  private int headerLength;
  private int recordLeft;
  private byte[] message = new byte[512];
  private int length;
  private boolean over;
  private boolean whole;

  /** Looks at what has come and leaves it as it is; true when nothing more is needed. */
  boolean read(ByteBuf in) {
    int at = in.readerIndex();
    while (!over && at < in.writerIndex()) {
      at += recordLeft == 0 ? header(in, at) : payload(in, at);
    }
    return over;
  }

  private int header(ByteBuf in, int at) {
    int count = Math.min(RECORD_HEADER - headerLength, in.writerIndex() - at);
    in.getBytes(at, header, headerLength, count);
    headerLength += count;
    if (headerLength == RECORD_HEADER) {
      headerLength = 0;
      recordLeft = (header[3] & 0xff) << 8 | (header[4] & 0xff);
      // An empty record is forbidden (RFC 8446 §5.1), and would let a client count on for ever.
      over = header[0] != HANDSHAKE || header[1] != 3 || recordLeft == 0 || recordLeft > MAX_RECORD;
    }
    return count;
  }

  private int payload(ByteBuf in, int at) {
    int wanted = length < HANDSHAKE_HEADER ? HANDSHAKE_HEADER : end();
    int count = Math.min(Math.min(recordLeft, in.writerIndex() - at), wanted - length);
    if (length + count > message.length) {
      message = Arrays.copyOf(message, Math.max(length + count, 2 * message.length));
    }
    in.getBytes(at, message, length, count);
    length += count;
    recordLeft -= count;
    if (length == HANDSHAKE_HEADER) {
      over = message[0] != CLIENT_HELLO || end() > MAX_HELLO || end() == HANDSHAKE_HEADER;
    } else if (length > HANDSHAKE_HEADER && length == end()) {
      over = true;
      whole = true;
    }
    return count;
  }

  private int end() {
    return HANDSHAKE_HEADER
        + ((message[1] & 0xff) << 16 | (message[2] & 0xff) << 8 | (message[3] & 0xff));
  }

  /** The message, if there was one. */
  Optional<ClientHello> hello() {
    return whole ? ClientHello.read(message, HANDSHAKE_HEADER, length) : Optional.empty();
  }
}
