package dev.portcullis.gate.upstream;

/** How a guarded API let a request down; the words are the journal's. */
public enum UpstreamFailure {
  /** It does not accept connections. */
  REFUSED(502, "upstream-refused"),
  /** Its name can't be resolved. */
  UNRESOLVED(502, "upstream-unresolved"),
  /** No connection within the connect timeout. */
  CONNECT_TIMEOUT(504, "upstream-connect-timeout"),
  /** All connections are in use and the queue is full, or waiting took too long. */
  BUSY(503, "upstream-busy"),
  /** Its certificate or protocol is not acceptable. */
  TLS(502, "upstream-tls"),
  /** No head within the response timeout, or the body stopped for as long. */
  TIMEOUT(504, "upstream-timeout"),
  /** It closed the connection midway. */
  CLOSED(502, "upstream-closed"),
  /** A kept-alive connection turned out to be closed before any byte of the response. */
  STALE(502, "upstream-closed"),
  /** Its response breaks RFC 9112. */
  MALFORMED(502, "upstream-malformed");

  private final int status;
  private final String reason;

  UpstreamFailure(int status, String reason) {
    this.status = status;
    this.reason = reason;
  }

  /** That the client gets, if it can still get one. */
  public int status() {
    return status;
  }

  /** For the journal. */
  public String reason() {
    return reason;
  }
}
