package dev.portcullis.gate.wire;

import dev.portcullis.config.RouteSettings;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A path, normalised once (RFC 3986 §6.2.2): needless percent-encoding is undone, the rest is
 * written in upper case. Whatever a server behind the gate might read as another path is refused
 * instead: dot segments, empty segments, encoded separators, double encoding, path parameters, back
 * slashes. Clients resolve dot segments before they send, so nothing honest is lost.
 */
public final class PathText {
  private static final String HEX = "0123456789ABCDEF";

  private final String raw;
  private final StringBuilder normal;
  private final List<String> segments = new ArrayList<>(8);
  private @Nullable Violation violation;

  private PathText(String raw) {
    this.raw = raw;
    this.normal = new StringBuilder(raw.length());
    int start = 1;
    while (violation == null && start <= raw.length()) {
      int slash = raw.indexOf('/', start);
      int end = slash < 0 ? raw.length() : slash;
      normal.append('/');
      if (end == start && slash >= 0) {
        violation = Violation.malformed("path-empty-segment");
      } else if (segments.size() == RouteSettings.MAX_SEGMENTS) {
        violation = Violation.malformed("path-too-deep");
      } else {
        segment(start, end);
      }
      start = end + 1;
    }
    if (violation != null) {
      segments.clear();
    }
  }

  /** Normalises a path that starts with a slash. */
  public static PathText of(String raw) {
    return new PathText(raw);
  }

  private void segment(int start, int end) {
    int i = start;
    while (i < end && Octets.isSegment(raw.charAt(i))) {
      i++;
    }
    if (i == end) {
      String plain = raw.substring(start, end);
      normal.append(plain);
      accept(plain);
      return;
    }
    var decoded = new byte[end - start];
    int length = 0;
    for (i = start; i < end && violation == null; i++) {
      char c = raw.charAt(i);
      if (c == '%') {
        int octet = octet(i, end);
        violation = encoded(octet, i + 3, end);
        decoded[length++] = (byte) octet;
        i += 2;
      } else {
        violation = Octets.isSegment(c) ? null : plain(c);
        decoded[length++] = (byte) c;
        normal.append(c);
      }
    }
    if (violation == null) {
      accept(decoded, length);
    }
  }

  private int octet(int percent, int end) {
    if (percent + 2 >= end) {
      return -1;
    }
    int high = Octets.hex(raw.charAt(percent + 1));
    int low = Octets.hex(raw.charAt(percent + 2));
    return high < 0 || low < 0 ? -1 : high << 4 | low;
  }

  private @Nullable Violation encoded(int octet, int next, int end) {
    if (octet < 0) {
      return Violation.malformed("path-percent");
    }
    if (octet == '/' || octet == '\\') {
      return Violation.malformed("path-encoded-separator");
    }
    if (octet == ';') {
      return Violation.malformed("path-parameter");
    }
    if (octet < 0x20 || octet == 0x7f) {
      return Violation.malformed("path-control-character");
    }
    boolean twice =
        octet == '%'
            && next + 1 < end
            && Octets.hex(raw.charAt(next)) >= 0
            && Octets.hex(raw.charAt(next + 1)) >= 0;
    if (twice) {
      return Violation.malformed("path-double-encoding");
    }
    if (Octets.isUnreserved(octet) && octet < 128) {
      normal.append((char) octet);
    } else {
      normal.append('%').append(HEX.charAt(octet >> 4)).append(HEX.charAt(octet & 15));
    }
    return null;
  }

  private static Violation plain(char c) {
    return Violation.malformed(
        switch (c) {
          case ';' -> "path-parameter";
          case '\\' -> "path-backslash";
          default -> "path-character";
        });
  }

  private void accept(byte[] decoded, int length) {
    try {
      accept(
          StandardCharsets.UTF_8
              .newDecoder()
              .decode(ByteBuffer.wrap(decoded, 0, length))
              .toString());
    } catch (CharacterCodingException overlongOrCutOff) {
      violation = Violation.malformed("path-not-utf-8");
    }
  }

  private void accept(String segment) {
    if (segment.equals(".") || segment.equals("..")) {
      violation = Violation.malformed("path-dot-segment");
    }
    segments.add(segment);
  }

  /** Normalised; meaningless when there is a violation. */
  public String path() {
    return normal.toString();
  }

  /** Decoded, in order; a last empty one for a trailing slash. */
  public List<String> segments() {
    return segments;
  }

  /** Why it is refused. */
  public Optional<Violation> violation() {
    return Optional.ofNullable(violation);
  }
}
