package dev.portcullis.analyze.format;

/**
 * AWS Application Load Balancer.
 *
 * <pre>type time balancer client:port target:port t t t status status received sent "request"
 * "agent" ...</pre>
 */
final class AlbFormat implements LogFormat {
  @Override
  public String name() {
    return "aws-alb";
  }

  @Override
  public boolean read(byte[] text, int from, int to, LoggedRequest into, Runnable each) {
    into.clear();
    var words = new Tokens(text, from, to);
    if (!words.skip(2)) {
      return false;
    }
    into.at = Times.iso(text, words.from, words.end);
    if (into.at == Times.NONE || !words.skip(2)) {
      return false;
    }
    into.source.set(text, words.from, words.end);
    if (!words.skip(5)) { // target and three times, of which the last may be -1
      return false;
    }
    into.status = (int) words.number();
    if (!words.skip(2)) {
      return false;
    }
    into.requestBytes = words.number();
    if (!words.next()) {
      return false;
    }
    into.responseBytes = words.number();
    boolean numbers = into.requestBytes >= 0 && into.responseBytes >= 0 && into.isWhole();
    if (!numbers || !words.next() || text[words.from - 1] != '"') {
      return false;
    }
    into.requestLine(text, words.from, words.end);
    if (words.next()) {
      into.userAgent.set(text, words.from, words.end);
    }
    each.run();
    return true;
  }
}
