package dev.portcullis.gate.wire;

import io.netty.buffer.ByteBuf;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Takes a body apart while it arrives, by length, by chunks (RFC 9112 §7.1) or until the connection
 * closes. Chunk extensions and trailers are read strictly and dropped.
 */
public final class BodyReader {
  /** Bytes of chunk extensions and trailers of one body; nobody honest sends more. */
  static final int MAX_OVERHEAD = 4 << 10;

  // 15 hexadecimal digits stay below 2^60.
  private static final int MAX_SIZE_DIGITS = 15;

  /** What a step did. */
  public enum Step {
    /** Delivered a part; ask again. */
    PART,
    /** Needs more bytes. */
    MORE,
    /** The body is whole. */
    DONE,
    /** It never will be: see {@link #violation}. */
    BROKEN
  }

  private enum State {
    DATA,
    SIZE,
    EXTENSION,
    SIZE_LF,
    DATA_CR,
    DATA_LF,
    TRAILER,
    DONE
  }

  private State state = State.DONE;
  private Framing.Kind kind = Framing.Kind.NONE;
  private long remaining;
  private int digits;
  private int overhead;
  private int trailerLine;
  private boolean trailerNamed;
  private int previous;
  private @Nullable Violation violation;

  /** Gets a part of the body; it belongs to the receiver. */
  @FunctionalInterface
  public interface Sink {
    /** The next part, never empty. */
    void part(ByteBuf part);
  }

  /** Begins a body. */
  public void begin(Framing framing) {
    kind = framing.kind();
    remaining = framing.length();
    digits = 0;
    overhead = 0;
    trailerLine = 0;
    violation = null;
    state =
        switch (kind) {
          case NONE -> State.DONE;
          case CHUNKED -> State.SIZE;
          case LENGTH, UNTIL_CLOSE -> State.DATA;
        };
    if (kind == Framing.Kind.CHUNKED) {
      remaining = 0;
    }
  }

  /** Delivers at most one part of what has arrived. */
  public Step read(ByteBuf in, Sink sink) {
    while (true) {
      if (state == State.DONE) {
        return Step.DONE;
      }
      if (!in.isReadable()) {
        return Step.MORE;
      }
      if (state == State.DATA) {
        data(in, sink);
        return Step.PART;
      }
      if (!octet(in.readByte() & 0xff)) {
        violation = Violation.malformed("chunk");
        return Step.BROKEN;
      }
    }
  }

  private void data(ByteBuf in, Sink sink) {
    int length = in.readableBytes();
    if (kind != Framing.Kind.UNTIL_CLOSE) {
      length = (int) Math.min(length, remaining);
      remaining -= length;
      if (remaining == 0) {
        state = kind == Framing.Kind.CHUNKED ? State.DATA_CR : State.DONE;
      }
    }
    sink.part(in.readRetainedSlice(length));
  }

  private boolean octet(int c) {
    return switch (state) {
      case SIZE -> size(c);
      case EXTENSION -> extension(c);
      case SIZE_LF -> c == '\n' && afterSize();
      case DATA_CR -> go(c == '\r', State.DATA_LF);
      case DATA_LF -> {
        digits = 0;
        yield go(c == '\n', State.SIZE);
      }
      case TRAILER -> trailer(c);
      case DATA, DONE -> false;
    };
  }

  private boolean go(boolean allowed, State next) {
    state = next;
    return allowed;
  }

  private boolean size(int c) {
    int digit = Octets.hex(c);
    if (digit >= 0) {
      remaining = remaining << 4 | digit;
      return ++digits <= MAX_SIZE_DIGITS;
    }
    if (digits == 0) {
      return false;
    }
    return switch (c) {
      case '\r' -> go(true, State.SIZE_LF);
      case ';' -> go(true, State.EXTENSION);
      default -> false;
    };
  }

  private boolean extension(int c) {
    if (c == '\r') {
      return go(true, State.SIZE_LF);
    }
    return Octets.isFieldValue(c) && ++overhead <= MAX_OVERHEAD;
  }

  private boolean afterSize() {
    state = remaining == 0 ? State.TRAILER : State.DATA;
    previous = 0;
    trailerNamed = false;
    return true;
  }

  private boolean trailer(int c) {
    boolean allowed = ++overhead <= MAX_OVERHEAD;
    if (c == '\n') {
      allowed &= previous == '\r' && (trailerLine == 0 || trailerNamed);
      if (trailerLine == 0) {
        state = State.DONE;
      }
      trailerLine = 0;
      trailerNamed = false;
    } else if (c != '\r') {
      allowed &= previous != '\r' && (trailerNamed ? Octets.isFieldValue(c) : name(c));
      trailerLine++;
    } else {
      allowed &= previous != '\r';
    }
    previous = c;
    return allowed;
  }

  private boolean name(int c) {
    if (c == ':' && trailerLine > 0) {
      trailerNamed = true;
      return true;
    }
    return Octets.isToken(c);
  }

  /** Whether the body has ended. */
  public boolean isDone() {
    return state == State.DONE;
  }

  /** Bytes that are known to come still, or -1 when they can't be known. */
  public long remaining() {
    return switch (kind) {
      case NONE -> 0;
      case LENGTH -> state == State.DONE ? 0 : remaining;
      case CHUNKED, UNTIL_CLOSE -> state == State.DONE ? 0 : -1;
    };
  }

  /** The connection has ended: whether that ended the body rightly. */
  public boolean endOfConnection() {
    if (kind == Framing.Kind.UNTIL_CLOSE) {
      state = State.DONE;
    }
    return state == State.DONE;
  }

  /** Why the body is broken. */
  public Optional<Violation> violation() {
    return Optional.ofNullable(violation);
  }
}
