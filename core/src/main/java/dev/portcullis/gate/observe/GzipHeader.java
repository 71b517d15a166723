package dev.portcullis.gate.observe;

/** The header of a gzip member (RFC 1952 §2.3), byte by byte. */
final class GzipHeader {
  private static final int FIXED = 10;
  private static final int CHECKSUM = 2;
  private static final int EXTRA = 4;
  private static final int NAME = 8;
  private static final int COMMENT = 16;
  private static final int RESERVED = 0xe0;

  private int at;
  private int flags;
  private int lengthBytes;
  private int skip;

  void reset() {
    at = 0;
    lengthBytes = 0;
    skip = 0;
  }

  /** Takes the next byte: whether it was the header's last. */
  boolean take(byte octet) throws UnreadableException {
    if (at < FIXED) {
      fixed(octet & 0xff);
      at++;
    } else if ((flags & EXTRA) != 0) {
      extra(octet & 0xff);
    } else if ((flags & (NAME | COMMENT)) != 0) {
      if (octet == 0) {
        flags &= (flags & NAME) != 0 ? ~NAME : ~COMMENT;
      }
    } else {
      skip++;
      if (skip == 2) {
        flags &= ~CHECKSUM;
      }
    }
    return at == FIXED && (flags & (EXTRA | NAME | COMMENT | CHECKSUM)) == 0;
  }

  private void fixed(int octet) throws UnreadableException {
    boolean right =
        switch (at) {
          case 0 -> octet == 0x1f;
          case 1 -> octet == 0x8b;
          case 2 -> octet == 8;
          case 3 -> (octet & RESERVED) == 0;
          default -> true;
        };
    if (!right) {
      throw new UnreadableException();
    }
    if (at == 3) {
      flags = octet;
    }
  }

  private void extra(int octet) {
    if (lengthBytes < 2) {
      skip |= octet << 8 * lengthBytes;
      lengthBytes++;
    } else {
      skip--;
    }
    if (lengthBytes == 2 && skip == 0) {
      flags &= ~EXTRA;
    }
  }
}
