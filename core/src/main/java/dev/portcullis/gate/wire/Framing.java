package dev.portcullis.gate.wire;

/**
 * Where a message's body ends (RFC 9112 §6.3).
 *
 * @param length bytes; only of {@link Kind#LENGTH}
 */
public record Framing(Kind kind, long length) {
  /** No body. */
  public static final Framing NONE = new Framing(Kind.NONE, 0);

  /** Chunked. */
  public static final Framing CHUNKED = new Framing(Kind.CHUNKED, 0);

  /** A response that ends with its connection. */
  public static final Framing UNTIL_CLOSE = new Framing(Kind.UNTIL_CLOSE, 0);

  /** What ends it. */
  public enum Kind {
    NONE,
    LENGTH,
    CHUNKED,
    UNTIL_CLOSE
  }

  /** A body of that many bytes; none for 0. */
  public static Framing ofLength(long length) {
    return length == 0 ? NONE : new Framing(Kind.LENGTH, length);
  }

  /** Whether there is a body to read. */
  public boolean hasBody() {
    return kind != Kind.NONE;
  }
}
