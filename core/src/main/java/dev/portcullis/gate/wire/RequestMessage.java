package dev.portcullis.gate.wire;

import java.util.List;
import java.util.Optional;

/** A request's head as read: what it asks, how its body is framed, or how it is broken. */
public final class RequestMessage {
  private static final int MAX_METHOD = 32;
  private static final List<String> COMMON =
      List.of("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS");

  private final Head head;
  private final String method;
  private final Target target;
  private final boolean http10;
  private final Framing framing;
  private final FieldRules fields;
  private final Optional<Violation> violation;

  private RequestMessage(Head head, Optional<Violation> known) {
    this.head = head;
    byte[] bytes = head.bytes();
    int end = head.firstLineEnd();
    int methodEnd = space(bytes, 0, end);
    int targetEnd = space(bytes, Math.min(methodEnd + 1, end), end);
    this.method = method(bytes, methodEnd);
    this.fields = new FieldRules(head);
    String version = Octets.latin(bytes, Math.min(targetEnd + 1, end), end);
    this.http10 = version.equals("HTTP/1.0");
    this.target =
        Target.of(
            Octets.latin(bytes, Math.min(methodEnd + 1, end), Math.max(targetEnd, 0)),
            fields.host().orElse(""));
    this.violation =
        known
            .or(() -> line(version))
            .or(head::violation)
            .or(() -> fields.hostViolation(!http10))
            .or(fields::framingViolation)
            .or(this::codingInOldVersion)
            .or(fields::contentTypeViolation)
            .or(target::violation)
            .or(this::expectation);
    this.framing = violation.isPresent() ? Framing.NONE : bodyFraming();
  }

  /** Reads a whole head. */
  public static RequestMessage of(Head head) {
    return new RequestMessage(head, Optional.empty());
  }

  /** Reads as much as there is of a head that is known to be broken. */
  public static RequestMessage broken(Head head, Violation violation) {
    return new RequestMessage(head, Optional.of(violation));
  }

  private static int space(byte[] bytes, int from, int to) {
    for (int i = from; i < to; i++) {
      if (bytes[i] == ' ') {
        return i;
      }
    }
    return to;
  }

  private static String method(byte[] bytes, int end) {
    for (String common : COMMON) {
      if (common.length() == end && common.charAt(0) == bytes[0]) {
        String method = Octets.latin(bytes, 0, end);
        return common.equals(method) ? common : method;
      }
    }
    return Octets.latin(bytes, 0, end);
  }

  private Optional<Violation> line(String version) {
    if (method.isEmpty()
        || method.length() > MAX_METHOD
        || !method.chars().allMatch(Octets::isToken)) {
      return Optional.of(Violation.malformed("method"));
    }
    if (version.equals("HTTP/1.1") || http10) {
      return Optional.empty();
    }
    boolean other =
        version.length() == 8 && version.startsWith("HTTP/") && version.charAt(6) == '.';
    return Optional.of(other ? new Violation(505, "version") : Violation.malformed("request-line"));
  }

  // HTTP/1.0 knows no transfer codings: whoever sends both is read in two ways (RFC 9112 §6.1).
  private Optional<Violation> codingInOldVersion() {
    return http10 && fields.hasCoding()
        ? Optional.of(Violation.malformed("transfer-encoding"))
        : Optional.empty();
  }

  private Optional<Violation> expectation() {
    return fields
        .expectation()
        .filter(expected -> !expected.equalsIgnoreCase("100-continue"))
        .map(unknown -> new Violation(417, "expectation"));
  }

  private Framing bodyFraming() {
    if (fields.hasCoding()) {
      return Framing.CHUNKED;
    }
    return fields.hasLength() ? Framing.ofLength(fields.length()) : Framing.NONE;
  }

  /** Its header lines. */
  public Head head() {
    return head;
  }

  /** As sent, case and all. */
  public String method() {
    return method;
  }

  /** What it asks for. */
  public Target target() {
    return target;
  }

  /** The Host header; empty in an HTTP/1.0 request without one. */
  public String host() {
    return fields.host().orElse("");
  }

  /** Where its body ends. */
  public Framing framing() {
    return framing;
  }

  /** Whether it came as HTTP/1.0. */
  public boolean isHttp10() {
    return http10;
  }

  /** Whether the client lets its connection be used again. */
  public boolean keepsAlive() {
    return !http10 && !fields.close() && violation.isEmpty();
  }

  /** Whether it waits for {@code 100 Continue} before it sends its body (RFC 9110 §10.1.1). */
  public boolean expectsContinue() {
    return !http10 && framing.hasBody() && fields.expectation().isPresent();
  }

  /** Names in the Connection header, in lower case: theirs are for this hop only. */
  public List<String> connectionListed() {
    return fields.listed();
  }

  /** Whether it declared a body length. */
  public boolean hasLength() {
    return framing.kind() == Framing.Kind.LENGTH || (fields.hasLength() && violation.isEmpty());
  }

  /** How it breaks the protocol; then nothing of it may be forwarded. */
  public Optional<Violation> violation() {
    return violation;
  }
}
