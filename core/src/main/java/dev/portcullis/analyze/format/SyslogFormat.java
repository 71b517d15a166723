package dev.portcullis.analyze.format;

/**
 * Another format behind what collectors write before each line: RFC 5424, RFC 3164 with or without
 * its number, rsyslog's ISO times, the container runtimes' {@code time stdout F}, or a bare time.
 */
final class SyslogFormat implements LogFormat {
  private final LogFormat inner;

  SyslogFormat(LogFormat inner) {
    this.inner = inner;
  }

  @Override
  public String name() {
    return "syslog+" + inner.name();
  }

  @Override
  public boolean read(byte[] text, int from, int to, LoggedRequest into, Runnable each) {
    int payload = payload(text, from, to);
    return payload > from && payload < to && inner.read(text, payload, to, into, each);
  }

  /** Where the prefix ends; {@code from} if there is none. */
  static int payload(byte[] text, int from, int to) {
    int at = from;
    boolean numbered = at < to && text[at] == '<';
    if (numbered) {
      int close = Bytes.indexOf(text, (byte) '>', at, Math.min(to, at + 5));
      if (close < 0) {
        return from;
      }
      at = close + 1;
    }
    if (numbered && Bytes.startsWith(text, at, to, "1 ")) {
      return structured(text, at + 2, to);
    }
    if (to - at > 16 && text[at + 3] == ' ' && text[at + 9] == ':' && text[at + 12] == ':') {
      return afterTag(text, word(text, at + 16, to), to);
    }
    if (to - at < 20 || Times.iso(text, at, word(text, at, to) - 1) == Times.NONE) {
      return from;
    }
    int afterTime = word(text, at, to);
    if (Bytes.startsWith(text, afterTime, to, "stdout F ")
        || Bytes.startsWith(text, afterTime, to, "stderr F ")) {
      return afterTime + 9;
    }
    int afterHost = word(text, afterTime, to);
    int afterTag = word(text, afterHost, to);
    boolean tagged = afterTag > afterHost + 1 && afterTag < to && text[afterTag - 2] == ':';
    return tagged ? afterTag : afterTime;
  }

  /** RFC 5424 after its version: time, host, program, process, message id, data. */
  private static int structured(byte[] text, int from, int to) {
    int at = from;
    for (int i = 0; i < 5; i++) {
      at = word(text, at, to);
    }
    if (at < to && text[at] == '-') {
      at += 2;
    } else {
      while (at < to && text[at] == '[') {
        boolean quoted = false;
        while (at < to && (quoted || text[at] != ']')) {
          if (quoted && text[at] == '\\') {
            at++;
          } else if (text[at] == '"') {
            quoted = !quoted;
          }
          at++;
        }
        at++;
      }
      at++;
    }
    boolean mark = to - at >= 3 && (text[at] & 0xff) == 0xef && (text[at + 1] & 0xff) == 0xbb;
    return Math.min(to, mark ? at + 3 : at);
  }

  /** RFC 3164 after its host: {@code program[12]:}, which some leave out. */
  private static int afterTag(byte[] text, int from, int to) {
    int next = word(text, from, to);
    boolean tagged = next - 2 >= from && next < to && text[next - 2] == ':';
    return tagged ? next : from;
  }

  /** Where the next word begins. */
  private static int word(byte[] text, int from, int to) {
    int blank = Bytes.indexOf(text, (byte) ' ', Math.min(from, to), to);
    return blank < 0 ? to : blank + 1;
  }
}
