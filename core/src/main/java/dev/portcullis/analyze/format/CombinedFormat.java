package dev.portcullis.analyze.format;

/**
 * Common and combined log of Apache and nginx, and what others write like it: Apache's {@code
 * vhost_combined}, nginx' {@code main} with X-Forwarded-For at the end, Kong's proxy log, Traefik's
 * CLF, HAProxy's {@code httplog clf}.
 *
 * <pre>address ident user [time] "request" status bytes "referer" "agent" ...</pre>
 */
final class CombinedFormat implements LogFormat {
  @Override
  public String name() {
    return "combined";
  }

  @Override
  public boolean read(byte[] text, int from, int to, LoggedRequest into, Runnable each) {
    into.clear();
    int bracket = bracket(text, from, to);
    // Behind a collector's prefix the words would be taken for address and user.
    boolean prefixed = bracket >= 0 && SyslogFormat.payload(text, from, bracket) != from;
    if (bracket < 0 || prefixed || !who(text, from, bracket - 1, into)) {
      return false;
    }
    int close = Bytes.indexOf(text, (byte) ']', bracket, Math.min(to, bracket + 40));
    if (close < 0 || close + 3 > to || text[close + 2] != '"') {
      return false;
    }
    into.at = Times.common(text, bracket + 1, close);
    int request = close + 3;
    int end = Bytes.closingQuote(text, request, to);
    if (end < 0) {
      return false;
    }
    if (Bytes.indexOf(text, (byte) '\\', request, end) < 0) {
      into.requestLine(text, request, end);
    } else {
      byte[] plain = Backslashes.decoded(text, request, end);
      into.requestLine(plain, 0, plain.length);
    }
    int at = end + 2;
    int statusEnd = wordEnd(text, at, to);
    into.status =
        statusEnd - at == 3 ? (int) Bytes.number(text, at, statusEnd) : dash(text, at, to);
    if (!into.isWhole()) {
      return false;
    }
    at = statusEnd + 1;
    int bytesEnd = wordEnd(text, at, to);
    into.responseBytes = Math.max(0, Bytes.number(text, at, bytesEnd));
    rest(text, bytesEnd + 1, to, into);
    each.run();
    return true;
  }

  /** The first bracket that begins a time. */
  private static int bracket(byte[] text, int from, int to) {
    for (int i = from + 1; i < to - 20; i++) {
      if (text[i] == '[' && text[i - 1] == ' ' && text[i + 3] == '/') {
        return i;
      }
    }
    return -1;
  }

  private static int dash(byte[] text, int at, int to) {
    return at < to && text[at] == '-' ? 0 : -1;
  }

  private static boolean who(byte[] text, int from, int to, LoggedRequest into) {
    int first = wordEnd(text, from, to);
    int second = wordEnd(text, first + 1, to);
    if (second >= to) {
      return false;
    }
    int third = wordEnd(text, second + 1, to);
    int start = from;
    boolean host = third < to && isAddress(text, first + 1, second);
    if (host) { // a virtual host stands before the address
      start = first + 1;
      first = second;
      second = third;
    }
    into.source.set(text, start, first);
    into.user.set(text, second + 1, to);
    if (into.user.length() == 2 && into.user.at(0) == '"') {
      into.user.clear();
    }
    return true;
  }

  private static boolean isAddress(byte[] text, int from, int to) {
    int dots = 0;
    int colons = 0;
    for (int i = from; i < to; i++) {
      byte next = text[i];
      dots += next == '.' ? 1 : 0;
      colons += next == ':' ? 1 : 0;
      boolean digit = Bytes.isDigit(next) || (next >= 'a' && next <= 'f');
      if (!digit && next != '.' && next != ':') {
        return false;
      }
    }
    return dots == 3 || colons >= 2;
  }

  private static void rest(byte[] text, int from, int to, LoggedRequest into) {
    int at = quoted(text, from, to, into.referer, into);
    at = quoted(text, at, to, into.userAgent, into);
    if (at < to && text[at] == '"') {
      int end = Bytes.closingQuote(text, at + 1, to);
      int comma = end < 0 ? -1 : Bytes.indexOf(text, (byte) ',', at + 1, end);
      if (end > 0 && isAddress(text, at + 1, comma < 0 ? end : comma)) {
        into.forwarded.set(text, at + 1, end);
      }
    }
  }

  private static int quoted(byte[] text, int at, int to, Slice slice, LoggedRequest into) {
    if (at >= to || text[at] != '"') {
      return to;
    }
    int end = Bytes.closingQuote(text, at + 1, to);
    if (end < 0) {
      return to;
    }
    if (Bytes.indexOf(text, (byte) '\\', at + 1, end) < 0) {
      slice.set(text, at + 1, end);
    } else {
      into.decoded(slice, Backslashes.decoded(text, at + 1, end));
    }
    return end + 2;
  }

  private static int wordEnd(byte[] text, int from, int to) {
    int end = Bytes.indexOf(text, (byte) ' ', Math.min(from, to), to);
    return end < 0 ? to : end;
  }
}
