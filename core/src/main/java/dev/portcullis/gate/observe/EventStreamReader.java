package dev.portcullis.gate.observe;

import java.nio.ByteBuffer;

/**
 * Server-sent events (HTML standard §9.2) whose data are JSON: takes the data lines out and reads
 * them as one document after the other. Data that are no JSON end the reading.
 */
final class EventStreamReader implements DocumentReader {
  private static final byte[] DATA = {'d', 'a', 't', 'a', ':'};
  private static final byte[] MARK = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};

  private enum At {
    BEGINNING,
    NAME,
    SPACE,
    DATA,
    OTHER
  }

  private final JsonReader json;
  private At at = At.BEGINNING;
  private int matched;

  EventStreamReader(JsonReader json) {
    this.json = json;
  }

  @Override
  public void read(ByteBuffer part) throws UnreadableException {
    int from = part.position();
    for (int i = from; i < part.limit(); i++) {
      byte octet = part.get(i);
      boolean lineEnds = octet == '\n' || octet == '\r';
      switch (at) {
        case DATA -> {
          if (lineEnds) {
            if (from < i) {
              json.read(part.slice(from, i - from));
            }
            json.read(ByteBuffer.wrap(new byte[] {'\n'}));
            line();
          }
        }
        case SPACE -> {
          if (lineEnds) {
            line();
          } else {
            from = octet == ' ' ? i + 1 : i;
            at = At.DATA;
          }
        }
        case BEGINNING -> beginning(octet, lineEnds);
        case NAME -> name(octet, lineEnds);
        case OTHER -> {
          if (lineEnds) {
            line();
          }
        }
      }
    }
    if (at == At.DATA && from < part.limit()) {
      json.read(part.slice(from, part.limit() - from));
    }
    part.position(part.limit());
  }

  private void line() {
    at = At.NAME;
    matched = 0;
  }

  // The first line may begin with a byte order mark.
  private void beginning(byte octet, boolean lineEnds) {
    if (matched < MARK.length && octet == MARK[matched]) {
      matched++;
    } else {
      matched = 0;
      at = At.NAME;
      name(octet, lineEnds);
    }
  }

  private void name(byte octet, boolean lineEnds) {
    if (lineEnds) {
      line();
    } else if (octet != DATA[matched]) {
      at = At.OTHER;
    } else if (++matched == DATA.length) {
      at = At.SPACE;
    }
  }

  @Override
  public boolean end() throws UnreadableException {
    return json.end();
  }

  @Override
  public void close() {
    json.close();
  }
}
