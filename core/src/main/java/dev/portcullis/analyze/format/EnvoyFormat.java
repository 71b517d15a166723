package dev.portcullis.analyze.format;

/**
 * Envoy's default text, and Istio's, which has three words more before the numbers.
 *
 * <pre>[time] "request" status flags received sent duration upstream-time "forwarded" "agent" ...
 * </pre>
 *
 * <p>It names no client but in X-Forwarded-For; Istio's also has the peer's address.
 */
final class EnvoyFormat implements LogFormat {
  @Override
  public String name() {
    return "envoy";
  }

  @Override
  public boolean read(byte[] text, int from, int to, LoggedRequest into, Runnable each) {
    into.clear();
    if (from >= to || text[from] != '[') {
      return false;
    }
    var words = new Tokens(text, from, to);
    if (!words.next()) {
      return false;
    }
    into.at = Times.iso(text, words.from, words.end);
    if (into.at == Times.NONE || !words.next() || text[words.from - 1] != '"') {
      return false;
    }
    into.requestLine(text, words.from, words.end);
    if (!words.next()) {
      return false;
    }
    into.status = (int) words.number();
    if (!words.skip(2) || !into.isWhole()) { // flags, then bytes or Istio's details
      return false;
    }
    boolean istio = words.number() < 0 || words.isDash();
    if (istio && !words.skip(3)) {
      return false;
    }
    into.requestBytes = words.number();
    if (!words.next()) {
      return false;
    }
    into.responseBytes = words.number();
    if (into.requestBytes < 0 || into.responseBytes < 0 || !words.skip(3)) {
      return false;
    }
    into.forwarded.set(text, words.from, words.end);
    if (words.next()) {
      into.userAgent.set(text, words.from, words.end);
    }
    // Request id, authority, upstream, its cluster, local address of that, local, remote.
    if (istio && words.skip(7)) {
      into.source.set(text, words.from, words.end);
    }
    each.run();
    return true;
  }
}
