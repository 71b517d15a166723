package dev.portcullis.gate.wire;

import io.netty.buffer.ByteBuf;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A message's head: its first line and its header lines as octets and the places in them, so that
 * what is passed on is never turned into strings. Splits broken heads as well as it can, so that an
 * attack that is also malformed can still be looked at, and remembers the first violation.
 */
public final class Head {
  /** Header lines; more are refused with 431. */
  static final int MAX_FIELDS = 200;

  private final byte[] bytes;
  private final int firstLineEnd;
  // Per header line: name from, name to, value from, value to.
  private int[] places = new int[64];
  private int count;
  private @Nullable Violation violation;

  private Head(byte[] bytes, int firstLineEnd) {
    this.bytes = bytes;
    this.firstLineEnd = firstLineEnd;
  }

  /** Splits a head, whole or cut off. */
  public static Head of(byte[] bytes) {
    int lineFeed = indexOf(bytes, 0);
    var head = new Head(bytes, endOfLine(bytes, 0, lineFeed));
    int at = lineFeed + 1;
    while (at < bytes.length) {
      lineFeed = indexOf(bytes, at);
      int end = endOfLine(bytes, at, lineFeed);
      if (end == at) {
        break;
      }
      if (head.count == MAX_FIELDS) {
        head.note(new Violation(431, "too-many-headers"));
        break;
      }
      head.field(at, end);
      at = lineFeed + 1;
    }
    return head;
  }

  private static int indexOf(byte[] bytes, int from) {
    for (int i = from; i < bytes.length; i++) {
      if (bytes[i] == '\n') {
        return i;
      }
    }
    return bytes.length;
  }

  private static int endOfLine(byte[] bytes, int from, int lineFeed) {
    return lineFeed > from && bytes[lineFeed - 1] == '\r' ? lineFeed - 1 : lineFeed;
  }

  private void field(int from, int to) {
    int colon = from;
    while (colon < to && Octets.isToken(bytes[colon])) {
      colon++;
    }
    boolean named = colon < to && bytes[colon] == ':' && colon > from;
    if (!named) {
      boolean folded = bytes[from] == ' ' || bytes[from] == '\t';
      note(Violation.malformed(folded ? "folded-header" : "header-name"));
      colon = from - 1;
    }
    int start = colon + 1;
    int end = to;
    while (start < end && (bytes[start] == ' ' || bytes[start] == '\t')) {
      start++;
    }
    while (end > start && (bytes[end - 1] == ' ' || bytes[end - 1] == '\t')) {
      end--;
    }
    for (int i = start; i < end; i++) {
      if (!Octets.isFieldValue(bytes[i])) {
        note(Violation.malformed("header-value"));
        break;
      }
    }
    int at = 4 * count++;
    if (at == places.length) {
      places = Arrays.copyOf(places, 2 * at);
    }
    places[at] = from;
    places[at + 1] = named ? colon : from;
    places[at + 2] = start;
    places[at + 3] = end;
  }

  private void note(Violation what) {
    if (violation == null) {
      violation = what;
    }
  }

  /** The first header line that breaks RFC 9112 §5. */
  public Optional<Violation> violation() {
    return Optional.ofNullable(violation);
  }

  byte[] bytes() {
    return bytes;
  }

  int firstLineEnd() {
    return firstLineEnd;
  }

  /** How many header lines. */
  public int count() {
    return count;
  }

  /** Name of that header line, as sent; empty if it has none. */
  public String name(int field) {
    return Octets.latin(bytes, places[4 * field], places[4 * field + 1]);
  }

  /** Value of that header line without outer white space, one character per octet. */
  public String value(int field) {
    return Octets.latin(bytes, places[4 * field + 2], places[4 * field + 3]);
  }

  /** Value of that header line without outer white space, as sent. */
  public byte[] octets(int field) {
    return Arrays.copyOfRange(bytes, places[4 * field + 2], places[4 * field + 3]);
  }

  /** Whether that header line has exactly that value. */
  public boolean isValue(int field, byte[] octets) {
    return Arrays.equals(
        bytes, places[4 * field + 2], places[4 * field + 3], octets, 0, octets.length);
  }

  /** Whether that header line has that name; any case. */
  public boolean is(int field, String lowerCaseName) {
    int from = places[4 * field];
    int length = places[4 * field + 1] - from;
    if (length != lowerCaseName.length()) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      if (lower(bytes[from + i]) != lowerCaseName.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  /**
   * Whether that header line has that name to somebody who takes {@code _} for {@code -}, as CGI
   * and its heirs do (RFC 3875 §4.1.18).
   */
  boolean resembles(int field, String lowerCaseName) {
    return nameLength(field) == lowerCaseName.length() && startResembles(field, lowerCaseName);
  }

  /** Whether that header line's name begins so, to the same somebody. */
  boolean startResembles(int field, String lowerCaseStart) {
    int from = places[4 * field];
    if (nameLength(field) < lowerCaseStart.length()) {
      return false;
    }
    for (int i = 0; i < lowerCaseStart.length(); i++) {
      int c = lower(bytes[from + i]);
      if ((c == '_' ? '-' : c) != lowerCaseStart.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  int nameLength(int field) {
    return places[4 * field + 1] - places[4 * field];
  }

  private static int lower(byte octet) {
    return octet >= 'A' && octet <= 'Z' ? octet + 32 : octet;
  }

  /** The first header line of that name, or -1. */
  public int find(String lowerCaseName) {
    for (int i = 0; i < count; i++) {
      if (is(i, lowerCaseName)) {
        return i;
      }
    }
    return -1;
  }

  /** Value of the first header of that name. */
  public Optional<String> first(String lowerCaseName) {
    int field = find(lowerCaseName);
    return field < 0 ? Optional.empty() : Optional.of(value(field));
  }

  /** Writes that header line as name, colon, space, value, CRLF. */
  public void copy(int field, ByteBuf out) {
    int at = 4 * field;
    out.writeBytes(bytes, places[at], places[at + 1] - places[at]);
    out.writeShort(':' << 8 | ' ');
    out.writeBytes(bytes, places[at + 2], places[at + 3] - places[at + 2]);
    out.writeShort('\r' << 8 | '\n');
  }
}
