package dev.portcullis.config;

/**
 * An address to listen on or connect to, written {@code host:port}.
 *
 * @param host name or literal address, without brackets
 * @param port 0 to 65535; 0 lets the system choose (tests)
 */
public record Endpoint(String host, int port) {
  @Override
  public String toString() {
    return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
  }
}
