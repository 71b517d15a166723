package dev.portcullis.analyze.format;

/**
 * Goes through a line's words: separated by one blank, quoted or bracketed where they hold some.
 */
final class Tokens {
  private final byte[] text;
  private final int to;
  private int next;

  /** Where the word begins, without its quotation mark. */
  int from;

  /** Before which it ends. */
  int end;

  Tokens(byte[] text, int from, int to) {
    this.text = text;
    this.to = to;
    next = from;
  }

  /** Goes to the next word; false: there is none, or it does not end. */
  boolean next() {
    if (next >= to) {
      return false;
    }
    byte first = text[next];
    if (first == '"' || first == '[') {
      from = next + 1;
      end =
          first == '"'
              ? Bytes.closingQuote(text, from, to)
              : Bytes.indexOf(text, (byte) ']', from, to);
      next = end + 2;
      return end >= 0;
    }
    from = next;
    end = Bytes.indexOf(text, (byte) ' ', from, to);
    end = end < 0 ? to : end;
    next = end + 1;
    return true;
  }

  /** Goes that many words on. */
  boolean skip(int words) {
    for (int i = 0; i < words; i++) {
      if (!next()) {
        return false;
      }
    }
    return true;
  }

  long number() {
    return end - from == 1 && text[from] == '-' ? 0 : Bytes.number(text, from, end);
  }

  boolean isDash() {
    return end - from == 1 && text[from] == '-';
  }
}
