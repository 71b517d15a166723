package dev.portcullis.analyze.format;

/**
 * HAProxy's HTTP log ({@code option httplog}, {@code httpslog}), after its syslog prefix.
 *
 * <pre>address:port [time] frontend backend/server timers status bytes - - ---- conns queues
 * {captured} "request"</pre>
 *
 * <p>The time has no zone: it is read as UTC.
 */
final class HaproxyFormat implements LogFormat {
  @Override
  public String name() {
    return "haproxy";
  }

  @Override
  public boolean read(byte[] text, int from, int to, LoggedRequest into, Runnable each) {
    into.clear();
    var words = new Tokens(text, afterTag(text, from, to), to);
    if (!words.next()) {
      return false;
    }
    into.source.set(text, words.from, words.end);
    if (!words.next() || text[words.from - 1] != '[') {
      return false;
    }
    into.at = Times.common(text, words.from, words.end);
    // Frontend, backend/server, then five timers or, in older versions, fewer.
    if (!words.skip(3) || Bytes.indexOf(text, (byte) '/', words.from, words.end) < 0) {
      return false;
    }
    if (!words.next()) {
      return false;
    }
    // -1: no answer; the two marks before it are those of "option logasap".
    into.status = Math.max(0, (int) words.number());
    if (!words.next()) {
      return false;
    }
    int plus = text[words.from] == '+' ? 1 : 0;
    into.responseBytes = Math.max(0, Bytes.number(text, words.from + plus, words.end));
    if (!words.skip(5) || Bytes.indexOf(text, (byte) '/', words.from, words.end) < 0) {
      return false;
    }
    int quote = Bytes.indexOf(text, (byte) '"', words.end, to);
    if (quote < 0 || !into.isWhole()) {
      return false;
    }
    int end = Bytes.indexOf(text, (byte) '"', quote + 1, to);
    into.requestLine(text, quote + 1, end < 0 ? to : end);
    each.run();
    return true;
  }

  /** Some write the program's name into the line itself. */
  private static int afterTag(byte[] text, int from, int to) {
    if (!Bytes.startsWith(text, from, to, "haproxy")) {
      return from;
    }
    int colon = Bytes.indexOf(text, ": ", from, to);
    return colon < 0 ? from : colon + 2;
  }
}
