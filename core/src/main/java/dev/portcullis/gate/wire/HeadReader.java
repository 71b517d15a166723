package dev.portcullis.gate.wire;

import io.netty.buffer.ByteBuf;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds where a message's head ends, while it arrives in parts. Looks at each byte once, and never
 * lets more than the limits gather. One per connection, used for one message after the other.
 */
public final class HeadReader {
  /** The head is not whole yet. */
  public static final int MORE = -1;

  /** It never will be: see {@link #violation}. */
  public static final int BROKEN = -2;

  private static final byte LF = '\n';
  private static final byte CR = '\r';

  private final int firstLineLimit;
  private final int fieldsLimit;
  private int scanned;
  private int lineStart;
  private int firstLineEnd;
  private boolean skippedEmptyLine;
  private @Nullable Violation violation;

  /**
   * @param firstLineLimit bytes of the request or status line
   * @param fieldsLimit bytes of all header lines together
   */
  public HeadReader(int firstLineLimit, int fieldsLimit) {
    this.firstLineLimit = firstLineLimit;
    this.fieldsLimit = fieldsLimit;
  }

  /**
   * Looks at what has arrived and takes nothing, but for one empty line before the first (RFC 9112
   * §2.2).
   *
   * @return the head's length with its empty line, {@link #MORE} or {@link #BROKEN}
   */
  public int read(ByteBuf in) {
    int base = in.readerIndex();
    int available = in.readableBytes();
    while (true) {
      int found = scanned < available ? in.indexOf(base + scanned, base + available, LF) : -1;
      if (found < 0) {
        scanned = available;
        return exceeded(available) ? BROKEN : MORE;
      }
      int lineEnd = found - base;
      if (lineEnd == lineStart || in.getByte(found - 1) != CR) {
        return broken(Violation.malformed("bare-line-feed"));
      }
      scanned = lineEnd + 1;
      boolean empty = lineEnd - 1 == lineStart;
      if (empty && firstLineEnd > 0) {
        int length = scanned;
        reset();
        return length;
      }
      if (empty) {
        if (skippedEmptyLine) {
          return broken(Violation.malformed("empty-request-line"));
        }
        skippedEmptyLine = true;
        in.skipBytes(2);
        return readAfterEmptyLine(in);
      }
      if (exceeded(scanned)) {
        return BROKEN;
      }
      if (firstLineEnd == 0) {
        firstLineEnd = scanned;
      }
      lineStart = scanned;
    }
  }

  private int readAfterEmptyLine(ByteBuf in) {
    scanned = 0;
    return read(in);
  }

  private boolean exceeded(int seen) {
    if (firstLineEnd == 0) {
      if (seen > firstLineLimit + 2) {
        broken(new Violation(414, "request-line-too-long"));
        return true;
      }
    } else if (seen - firstLineEnd > fieldsLimit) {
      broken(new Violation(431, "headers-too-large"));
      return true;
    }
    return false;
  }

  private int broken(Violation what) {
    violation = what;
    return BROKEN;
  }

  /** Why the head is broken. */
  public Optional<Violation> violation() {
    return Optional.ofNullable(violation);
  }

  private void reset() {
    scanned = 0;
    lineStart = 0;
    firstLineEnd = 0;
    skippedEmptyLine = false;
  }
}
