package dev.portcullis.gate.inspect;

import java.util.Locale;

/** Where in a request a value stands; a rule names the places it makes sense in. */
enum Place {
  /** The path as sent. */
  PATH,
  /** A name or value of the query. */
  QUERY,
  /** A header's value, cookies apart. */
  HEADER,
  /** One cookie's value. */
  COOKIE,
  /** A short value of a body: what a form field or an identifier holds. */
  FIELD,
  /** A long or many-lined value of a body: prose, code, markup that people write and quote. */
  TEXT,
  /** A body's bytes as they are, one character a byte, for what only shows in its structure. */
  RAW,
  /** The bytes behind a base64 value, one character a byte. */
  DECODED;

  static Place named(String name) {
    return valueOf(name.toUpperCase(Locale.ROOT));
  }

  @SuppressWarnings("EnumOrdinal") // a set of places within one process, never stored
  int bit() {
    return 1 << ordinal();
  }
}
