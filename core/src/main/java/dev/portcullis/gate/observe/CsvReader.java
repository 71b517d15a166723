package dev.portcullis.gate.observe;

import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;

/**
 * Comma-separated values (RFC 4180). The first row names the columns, so each further one is a
 * record with members of these names; with {@code header=absent} it is a list of fields. An empty
 * field is nothing. More fields than columns: whoever wrote it forgot quotes, so which is which
 * can't be known.
 */
final class CsvReader implements DocumentReader {
  private enum At {
    FIELD,
    PLAIN,
    QUOTED,
    /** After a quote in quotes: the end of the field, or half of a quote. */
    QUOTE
  }

  private final Walk walk;
  private final Octets field;
  private final boolean header;
  private final List<String> names = new ArrayList<>();
  private At at = At.FIELD;
  private boolean named;
  private boolean row;
  private boolean wanted;
  private boolean afterReturn;
  private int column;

  CsvReader(Walk walk, Charset charset, boolean header) {
    this.walk = walk;
    this.field = new Octets(charset);
    this.header = header;
    this.named = !header;
    walk.openRecords();
  }

  @Override
  public void read(ByteBuffer part) throws UnreadableException {
    while (part.hasRemaining()) {
      byte octet = part.get();
      boolean secondHalf = afterReturn && octet == '\n';
      afterReturn = false;
      if (!secondHalf) {
        octet(octet);
      }
    }
  }

  private void octet(byte octet) throws UnreadableException {
    switch (at) {
      case QUOTED -> {
        if (octet == '"') {
          at = At.QUOTE;
        } else {
          keep(octet);
        }
      }
      case QUOTE -> {
        if (octet == '"') {
          keep(octet);
          at = At.QUOTED;
        } else if (!isEnd(octet)) {
          throw new UnreadableException();
        }
      }
      case FIELD -> {
        if (!row && octet != '\r' && octet != '\n') {
          beginRow();
        }
        if (octet == '"') {
          beginField();
          at = At.QUOTED;
        } else if (!isEnd(octet)) {
          beginField();
          keep(octet);
          at = At.PLAIN;
        }
      }
      case PLAIN -> {
        if (!isEnd(octet)) {
          keep(octet);
        }
      }
    }
  }

  private void keep(byte octet) {
    if (wanted) {
      field.add(octet);
    }
  }

  private boolean isEnd(byte octet) throws UnreadableException {
    if (octet == ',') {
      endField();
      return true;
    }
    if (octet == '\n' || octet == '\r') {
      afterReturn = octet == '\r';
      if (row) {
        endField();
        endRow();
      }
      return true;
    }
    return false;
  }

  private void beginRow() {
    row = true;
    column = 0;
    if (named) {
      walk.arrive();
      walk.open(!header);
    }
  }

  private void beginField() throws UnreadableException {
    if (!named) {
      wanted = true;
      return;
    }
    if (header) {
      if (column >= names.size()) {
        throw new UnreadableException();
      }
      walk.name(names.get(column));
    }
    wanted = walk.arrive();
  }

  private void endField() throws UnreadableException {
    boolean begun = at != At.FIELD;
    at = At.FIELD;
    if (!named) {
      names.add(begun ? name() : "");
    } else if (begun) {
      if (wanted) {
        walk.text(field.take());
      }
    } else if (!header) {
      walk.arrive();
    }
    column++;
  }

  private String name() throws UnreadableException {
    String name = field.take();
    return names.isEmpty() && name.startsWith("\uFEFF") ? name.substring(1) : name;
  }

  private void endRow() {
    row = false;
    if (named) {
      walk.close();
    }
    named = true;
  }

  @Override
  public boolean end() throws UnreadableException {
    boolean whole = at != At.QUOTED;
    if (row && whole) {
      endField();
      endRow();
    }
    return whole;
  }
}
