package dev.portcullis.gate.wire;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The header lines that decide where a message ends and which of them stay on this hop, read in one
 * pass and strictly: no list where one value is meant, no two lines where one is meant.
 */
final class FieldRules {
  private static final int MAX_LENGTH_DIGITS = 18;

  private final Head head;
  private int lengths;
  private int codings;
  private int hosts;
  private int contentTypes;
  private int lengthField = -1;
  private int codingField = -1;
  private int hostField = -1;
  private int expectField = -1;
  private boolean close;
  private List<String> listed = List.of();

  FieldRules(Head head) {
    this.head = head;
    for (int i = 0; i < head.count(); i++) {
      switch (head.nameLength(i)) {
        case 4 -> host(i);
        case 6 -> expect(i);
        case 10 -> connection(i);
        case 12 -> contentType(i);
        case 14 -> length(i);
        case 17 -> coding(i);
        default -> {}
      }
    }
  }

  private void host(int field) {
    if (head.is(field, "host")) {
      hosts++;
      hostField = field;
    }
  }

  private void expect(int field) {
    if (head.is(field, "expect")) {
      expectField = field;
    }
  }

  private void contentType(int field) {
    if (head.resembles(field, "content-type")) {
      contentTypes++;
    }
  }

  private void length(int field) {
    // An underscore would hide the line from us and show it to a CGI-like upstream.
    if (head.resembles(field, "content-length")) {
      lengths++;
      lengthField = field;
    }
  }

  private void coding(int field) {
    if (head.resembles(field, "transfer-encoding")) {
      codings++;
      codingField = field;
    }
  }

  private void connection(int field) {
    if (!head.is(field, "connection")) {
      return;
    }
    for (String option : head.value(field).split(",", -1)) {
      String name = option.strip().toLowerCase(Locale.ROOT);
      switch (name) {
        case "", "keep-alive" -> {}
        case "close" -> close = true;
        default -> {
          if (listed.isEmpty()) {
            listed = new ArrayList<>();
          }
          listed.add(name);
        }
      }
    }
  }

  boolean close() {
    return close;
  }

  List<String> listed() {
    return listed;
  }

  Optional<String> expectation() {
    return expectField < 0 ? Optional.empty() : Optional.of(head.value(expectField));
  }

  Optional<String> host() {
    return hostField < 0 ? Optional.empty() : Optional.of(head.value(hostField));
  }

  Optional<Violation> hostViolation(boolean required) {
    if (hosts > 1) {
      return Optional.of(Violation.malformed("several-hosts"));
    }
    if (hosts == 0) {
      return required ? Optional.of(Violation.malformed("no-host")) : Optional.empty();
    }
    String host = head.value(hostField);
    for (int i = 0; i < host.length(); i++) {
      if (!Octets.isHost(host.charAt(i))) {
        return Optional.of(Violation.malformed("host"));
      }
    }
    return host.isEmpty() ? Optional.of(Violation.malformed("host")) : Optional.empty();
  }

  /** Two media types: we would look for attacks in one and the API would read the other. */
  Optional<Violation> contentTypeViolation() {
    return contentTypes > 1
        ? Optional.of(Violation.malformed("several-content-types"))
        : Optional.empty();
  }

  boolean hasCoding() {
    return codings > 0;
  }

  boolean hasLength() {
    return lengths > 0;
  }

  /** How the framing is ambiguous or unknown (RFC 9112 §6.1, §6.3). */
  Optional<Violation> framingViolation() {
    if (lengths > 1) {
      return Optional.of(Violation.malformed("several-content-lengths"));
    }
    if (codings > 1) {
      return Optional.of(Violation.malformed("several-transfer-encodings"));
    }
    if (codings == 1 && lengths == 1) {
      return Optional.of(Violation.malformed("length-and-transfer-encoding"));
    }
    if (codings == 1) {
      if (!head.is(codingField, "transfer-encoding")) {
        return Optional.of(Violation.malformed("transfer-encoding"));
      }
      String coding = head.value(codingField);
      if (coding.equalsIgnoreCase("chunked")) {
        return Optional.empty();
      }
      boolean plain = coding.chars().allMatch(c -> Octets.isToken(c) || c == ',' || c == ' ');
      return Optional.of(new Violation(plain ? 501 : 400, "transfer-encoding"));
    }
    if (lengths == 1) {
      String length = head.value(lengthField);
      boolean digits = !length.isEmpty() && length.chars().allMatch(c -> c >= '0' && c <= '9');
      if (!digits || !head.is(lengthField, "content-length")) {
        return Optional.of(Violation.malformed("content-length"));
      }
      if (length.length() > MAX_LENGTH_DIGITS) {
        return Optional.of(new Violation(413, "body-too-large"));
      }
    }
    return Optional.empty();
  }

  /** The declared length; only when {@link #framingViolation} is empty and there is one. */
  long length() {
    return Long.parseLong(head.value(lengthField));
  }
}
