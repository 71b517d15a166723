package dev.portcullis.analyze.format;

/**
 * What one log line tells of one request; one object is filled again and again. Not thread-safe:
 * each reading thread has its own.
 */
public final class LoggedRequest {
  /** When nobody told: {@link #at()}. */
  public static final long UNKNOWN = Long.MIN_VALUE;

  final Slice source = new Slice();
  final Slice forwarded = new Slice();
  final Slice user = new Slice();
  final Slice key = new Slice();
  final Slice method = new Slice();
  final Slice target = new Slice();
  final Slice userAgent = new Slice();
  final Slice referer = new Slice();
  long at = UNKNOWN;
  int status;
  long requestBytes;
  long responseBytes;

  /** For values that had to be decoded; valid until the next request. */
  private byte[] scratch = new byte[4_096];

  private int used;

  void clear() {
    source.clear();
    forwarded.clear();
    user.clear();
    key.clear();
    method.clear();
    target.clear();
    userAgent.clear();
    referer.clear();
    at = UNKNOWN;
    status = 0;
    requestBytes = 0;
    responseBytes = 0;
    used = 0;
  }

  /** When, in microseconds since 1970. */
  public long at() {
    return at;
  }

  /** The address the request came from, as logged: perhaps with a port, perhaps a name. */
  public Slice source() {
    return source;
  }

  /** X-Forwarded-For, if it was logged. */
  public Slice forwarded() {
    return forwarded;
  }

  /** Who was authenticated, or tried to be. */
  public Slice user() {
    return user;
  }

  /** An API key or the id of one, if it was logged: never to be shown. */
  public Slice key() {
    return key;
  }

  /** As sent. */
  public Slice method() {
    return method;
  }

  /** Path and query as sent; perhaps an absolute URI. */
  public Slice target() {
    return target;
  }

  /** As sent. */
  public Slice userAgent() {
    return userAgent;
  }

  /** As sent. */
  public Slice referer() {
    return referer;
  }

  /** Answered with; 0 where there was none. */
  public int status() {
    return status;
  }

  /** Bytes received; of the body or of all, as the product counts. */
  public long requestBytes() {
    return requestBytes;
  }

  /** Bytes sent; of the body or of all, as the product counts. */
  public long responseBytes() {
    return responseBytes;
  }

  /** Copies a decoded value and makes the slice it. */
  void decoded(Slice slice, byte[] value, int length) {
    if (used + length > scratch.length) {
      // Slices that were set before keep the old array.
      scratch = new byte[Math.max(2 * scratch.length, length)];
      used = 0;
    }
    System.arraycopy(value, 0, scratch, used, length);
    slice.set(scratch, used, used + length);
    used += length;
  }

  void decoded(Slice slice, byte[] value) {
    decoded(slice, value, value.length);
  }

  /** {@code GET /path HTTP/1.1}, or what a client sent instead. */
  void requestLine(byte[] text, int from, int to) {
    int space = Bytes.indexOf(text, (byte) ' ', from, to);
    if (space < 0 || !isMethod(text, from, space)) {
      // No request, yet it may hold an attack: it is inspected as a target.
      target.set(text, from, to);
      return;
    }
    method.set(text, from, space);
    int end = to;
    for (int i = to - 1; i > space && i > to - 12; i--) {
      if (text[i] == ' ') {
        boolean version = Bytes.startsWith(text, i + 1, to, "HTTP");
        end = version ? i : to;
        break;
      }
    }
    target.set(text, space + 1, end);
  }

  private static boolean isMethod(byte[] text, int from, int to) {
    boolean fine = to > from && to - from <= 24;
    for (int i = from; fine && i < to; i++) {
      fine = (text[i] >= 'A' && text[i] <= 'Z') || text[i] == '-' || text[i] == '_';
    }
    return fine;
  }

  /** Whether it tells enough to be looked at: when, and what was asked for. */
  boolean isWhole() {
    return at != UNKNOWN && status >= 0 && status < 1_000;
  }

  @Override
  public String toString() {
    return "LoggedRequest[status=" + status + ", at=" + at + "]";
  }
}
