package dev.portcullis.gate.listener;

/**
 * Reads the numbers and vectors of a TLS message (RFC 8446 §3.4) between two places. Where a length
 * lies it reads zeroes from then on and says that it is broken: an attacker's message costs no
 * exception.
 */
final class HelloOctets {
  private final byte[] bytes;
  private final int end;
  private int at;
  private boolean broken;

  HelloOctets(byte[] bytes, int from, int end) {
    this.bytes = bytes;
    this.at = from;
    this.end = end;
  }

  boolean isBroken() {
    return broken;
  }

  /** Whether something is left to read. */
  boolean hasMore() {
    return !broken && at < end;
  }

  int octet() {
    if (at >= end) {
      broken = true;
      return 0;
    }
    return bytes[at++] & 0xff;
  }

  int number() {
    return octet() << 8 | octet();
  }

  void skip(int count) {
    if (count > end - at) {
      broken = true;
    } else {
      at += count;
    }
  }

  /** A vector whose length is one octet. */
  HelloOctets shortVector() {
    return part(octet());
  }

  /** A vector whose length is two octets. */
  HelloOctets vector() {
    return part(number());
  }

  private HelloOctets part(int length) {
    if (broken || length > end - at) {
      broken = true;
      var nothing = new HelloOctets(bytes, end, end);
      nothing.broken = true;
      return nothing;
    }
    var part = new HelloOctets(bytes, at, at + length);
    at += length;
    return part;
  }

  /** What is left, as it is. */
  byte[] rest() {
    var rest = new byte[end - at];
    System.arraycopy(bytes, at, rest, 0, rest.length);
    at = end;
    return rest;
  }
}
