package dev.portcullis.analyze;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What looks like the name of one object among many. */
final class Identifiers {
  /** A parameter that names no object. */
  static final int NO = 0;

  /** It does if its value looks like an identifier. */
  static final int MAYBE = 1;

  /** It does whatever its value. */
  static final int ANY = 2;

  private static final Set<String> PEOPLE =
      Set.of("email", "mail", "phone", "msisdn", "user", "username", "login", "account", "ssn");
  private static final Set<String> THINGS =
      Set.of(
          "number", "no", "document", "doc", "invoice", "order", "customer", "key", "guid", "uuid");

  /** Identifiers of visits, campaigns and requests: new each time, and nobody's data. */
  private static final List<String> PASSING =
      List.of("sess", "sid", "clid", "utm", "trace", "request", "client", "correlation", "device");

  private Identifiers() {}

  static boolean is(byte[] text, int from, int to) {
    int length = to - from;
    if (length == 0 || length > 128) {
      return false;
    }
    int digits = 0;
    int hex = 0;
    int hyphens = 0;
    boolean at = false;
    for (int i = from; i < to; i++) {
      byte next = text[i];
      if (next >= '0' && next <= '9') {
        digits++;
      } else if (next == '-' || next == '_') {
        hyphens++;
      } else if ((next >= 'a' && next <= 'f') || (next >= 'A' && next <= 'F')) {
        hex++;
      } else if (next == '@') {
        at = true;
      } else if (next == '%') {
        boolean escaped = i + 2 < to && text[i + 1] == '4' && text[i + 2] == '0';
        if (!escaped) {
          return false;
        }
        at = true;
      } else if (next < '+' || next > 'z' || next == '<' || next == '>' || next == ';') {
        return false;
      }
    }
    if (digits == length || at) {
      return true;
    }
    if (digits == 0) {
      return false;
    }
    if (digits + hex + hyphens == length && length >= 8) {
      return true;
    }
    boolean version = (text[from] == 'v' || text[from] == 'V') && length <= 4;
    return !version && digits >= 2 && 4 * digits >= length || length >= 24 && hyphens <= 2;
  }

  /** Whether it holds {@code %40}: an address of mail has dots that begin no extension. */
  static boolean isEscapedAt(byte[] text, int from, int to) {
    int percent = Places.indexOf(text, '%', from, to);
    return percent >= 0 && percent + 2 < to && text[percent + 1] == '4' && text[percent + 2] == '0';
  }

  /** Whether a parameter of that name says which object is meant. */
  static int parameter(byte[] text, int from, int to) {
    byte last = text[to - 1];
    boolean likely = last == 'd' || last == 'D' || to - from <= 8;
    if (!likely || !Places.isPlain(text, from, to)) {
      return NO;
    }
    String name =
        new String(text, from, to - from, StandardCharsets.ISO_8859_1).toLowerCase(Locale.ROOT);
    if (PASSING.stream().anyMatch(name::contains)) {
      return NO;
    }
    if (PEOPLE.contains(name)) {
      return ANY;
    }
    return name.endsWith("id") || THINGS.contains(name) ? MAYBE : NO;
  }
}
