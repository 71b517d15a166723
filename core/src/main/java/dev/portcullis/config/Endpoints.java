package dev.portcullis.config;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Addresses as written in the file: {@code host:port}, {@code [::1]:8443}. */
final class Endpoints {
  private static final String EXPECTED = "host:port, such as 127.0.0.1:8443 or [::1]:8443";
  private static final Pattern FORM =
      Pattern.compile("(?:\\[(?<literal>[0-9A-Fa-f:.]{2,45})]|(?<host>[^:\\[\\]]*)):(?<port>\\d+)");
  private static final Pattern HOST =
      Pattern.compile("(?!-)[A-Za-z0-9_-]{1,63}(\\.(?!-)[A-Za-z0-9_-]{1,63}){0,30}\\.?");

  private Endpoints() {}

  /** To listen on: port 0 lets the system choose. */
  static final Text<Endpoint> LISTEN = Text.of(EXPECTED, text -> parse(text, 0));

  /** To connect to. */
  static final Text<Endpoint> CONNECT = Text.of(EXPECTED, text -> parse(text, 1));

  static Endpoint parse(String text, int leastPort) throws Mistake {
    Matcher form = FORM.matcher(text);
    if (!form.matches()) {
      throw wrongForm(text);
    }
    String literal = form.group("literal");
    String host = literal == null ? form.group("host") : literal;
    if (host.isEmpty()) {
      throw new Mistake(
          "has no host",
          "127.0.0.1" + text + " (this machine only) or 0.0.0.0" + text + " (every interface)");
    }
    if (literal == null ? !HOST.matcher(host).matches() : host.indexOf(':') < 0) {
      throw new Mistake("has a host that can't be one");
    }
    String digits = form.group("port");
    int port = digits.length() > 5 ? Integer.MAX_VALUE : Integer.parseInt(digits);
    if (port < leastPort || port > 65_535) {
      throw new Mistake("has a port that is out of range", "a port from " + leastPort + " to 65535");
    }
    return new Endpoint(host, port);
  }

  /** Whether the host is this machine and nobody else's. */
  static boolean isLoopback(String host) {
    return host.equalsIgnoreCase("localhost")
        || host.equals("::1")
        || host.equals("[::1]")
        || host.matches("127(\\.\\d{1,3}){3}");
  }

  private static Mistake wrongForm(String text) {
    if (text.contains("://")) {
      return new Mistake("is a URL, not an address", EXPECTED);
    }
    if (text.matches("\\d{1,5}")) {
      return new Mistake(
          "is only a port",
          "127.0.0.1:" + text + " (this machine only) or 0.0.0.0:" + text + " (every interface)");
    }
    if (text.matches("[0-9A-Fa-f]*:[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*")) {
      return new Mistake("is an IPv6 address without brackets", "[address]:port");
    }
    return new Mistake(text.indexOf(':') < 0 ? "has no port" : "is not an address");
  }
}
