package dev.portcullis.gate.wire;

import java.util.List;
import java.util.Optional;

/** A response's head as read from an upstream. */
public final class ResponseMessage {
  private final Head head;
  private final int status;
  private final Framing framing;
  private final FieldRules fields;
  private final boolean http10;
  private final Optional<Violation> violation;

  private ResponseMessage(Head head, boolean toHead) {
    this.head = head;
    String line = Octets.latin(head.bytes(), 0, head.firstLineEnd());
    this.http10 = line.startsWith("HTTP/1.0 ");
    this.status = status(line);
    this.fields = new FieldRules(head);
    this.violation =
        (status == 0 ? Optional.of(new Violation(502, "status-line")) : Optional.<Violation>empty())
            .or(head::violation)
            .or(fields::framingViolation)
            .or(() ->
                http10 && fields.hasCoding()
                    ? Optional.of(new Violation(502, "transfer-encoding"))
                    : Optional.empty());
    this.framing = violation.isPresent() ? Framing.NONE : framing(toHead);
  }

  /**
   * Reads a head.
   *
   * @param toHead whether it answers HEAD, and so has no body whatever it says
   */
  public static ResponseMessage of(Head head, boolean toHead) {
    return new ResponseMessage(head, toHead);
  }

  private static int status(String line) {
    boolean shaped =
        line.length() >= 12
            && (line.startsWith("HTTP/1.1 ") || line.startsWith("HTTP/1.0 "))
            && (line.length() == 12 || line.charAt(12) == ' ');
    if (!shaped) {
      return 0;
    }
    int status = 0;
    for (int i = 9; i < 12; i++) {
      int digit = line.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        return 0;
      }
      status = 10 * status + digit;
    }
    return status >= 100 && status <= 599 ? status : 0;
  }

  private Framing framing(boolean toHead) {
    if (toHead || status < 200 || status == 204 || status == 304) {
      return Framing.NONE;
    }
    if (fields.hasCoding()) {
      return Framing.CHUNKED;
    }
    return fields.hasLength() ? Framing.ofLength(fields.length()) : Framing.UNTIL_CLOSE;
  }

  /** Its header lines. */
  public Head head() {
    return head;
  }

  /** 100 to 599; 0 when the status line can't be read. */
  public int status() {
    return status;
  }

  /** Whether an actual answer follows (RFC 9110 §15.2). */
  public boolean isInterim() {
    return status >= 100 && status < 200;
  }

  /** Where its body ends. */
  public Framing framing() {
    return framing;
  }

  /** Whether the upstream lets its connection be used again. */
  public boolean keepsAlive() {
    return !http10 && !fields.close() && framing.kind() != Framing.Kind.UNTIL_CLOSE;
  }

  /** Names in the Connection header, in lower case. */
  public List<String> connectionListed() {
    return fields.listed();
  }

  /** How it breaks the protocol; then nothing of it may be passed on. */
  public Optional<Violation> violation() {
    return violation;
  }
}
