package dev.portcullis.gate.observe;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * A form ({@code application/x-www-form-urlencoded}, WHATWG URL standard §5.1): an object whose
 * members are its fields. What frameworks make of brackets in names is not interpreted. An empty
 * field is nothing.
 */
final class FormReader implements DocumentReader {
  private final Walk walk;
  private final Octets text = new Octets(StandardCharsets.UTF_8);
  private boolean value;
  private boolean wanted = true;
  // Digits of an escape that are still to come, and the first of them.
  private int escape;
  private byte high;

  FormReader(Walk walk) {
    this.walk = walk;
    walk.arrive();
    walk.open(false);
  }

  @Override
  public void read(ByteBuffer part) throws UnreadableException {
    while (part.hasRemaining()) {
      octet(part.get());
    }
  }

  private void octet(byte octet) throws UnreadableException {
    switch (octet) {
      case '&' -> endPair();
      case '=' -> {
        if (value) {
          plain(octet);
        } else {
          endName();
        }
      }
      case '%' -> {
        endEscape();
        escape = 2;
      }
      case '+' -> {
        endEscape();
        keep((byte) ' ');
      }
      default -> plain(octet);
    }
  }

  private void plain(byte octet) {
    if (escape == 0) {
      keep(octet);
      return;
    }
    if (Character.digit(octet, 16) < 0) {
      endEscape();
      keep(octet);
    } else if (escape == 2) {
      high = octet;
      escape = 1;
    } else {
      keep((byte) (Character.digit(high, 16) << 4 | Character.digit(octet, 16)));
      escape = 0;
    }
  }

  /** A percent sign without two digits stands for itself. */
  private void endEscape() {
    if (escape > 0) {
      keep((byte) '%');
      if (escape == 1) {
        keep(high);
      }
      escape = 0;
    }
  }

  private void keep(byte octet) {
    if (wanted) {
      text.add(octet);
    }
  }

  private void endName() throws UnreadableException {
    endEscape();
    walk.name(text.take());
    wanted = walk.arrive();
    value = true;
  }

  private void endPair() throws UnreadableException {
    endEscape();
    if (value && wanted) {
      walk.text(text.take());
    }
    text.clear();
    value = false;
    wanted = true;
  }

  @Override
  public boolean end() throws UnreadableException {
    endPair();
    return true;
  }
}
