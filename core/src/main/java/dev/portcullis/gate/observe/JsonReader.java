package dev.portcullis.gate.observe;

import java.nio.ByteBuffer;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.async.ByteBufferFeeder;

/** JSON (RFC 8259): one document, or one after the other. */
final class JsonReader implements DocumentReader {
  private final JsonParser parser;
  private final ByteBufferFeeder feeder;
  private final Walk walk;
  private final int ground;
  private boolean begun;
  private boolean rootEnded;

  /**
   * @param many whether more than one document may come: then each is a record
   */
  JsonReader(JsonParser parser, Walk walk, boolean many) {
    this.parser = parser;
    this.feeder = (ByteBufferFeeder) parser.nonBlockingInputFeeder();
    this.walk = walk;
    if (many) {
      walk.openRecords();
    }
    this.ground = walk.depth();
  }

  @Override
  public void read(ByteBuffer part) throws UnreadableException {
    try {
      feeder.feedInput(part);
      tokens();
    } catch (JacksonException notJson) {
      throw new UnreadableException();
    }
  }

  @Override
  public boolean end() throws UnreadableException {
    try {
      feeder.endOfInput();
      tokens();
    } catch (JacksonException notJson) {
      throw new UnreadableException();
    }
    return !begun || rootEnded;
  }

  private void tokens() throws UnreadableException {
    while (true) {
      JsonToken token = parser.nextToken();
      if (token == null || token == JsonToken.NOT_AVAILABLE) {
        return;
      }
      if (rootEnded && ground == 0) {
        // A second value: what the client reads of it can't be known.
        throw new UnreadableException();
      }
      begun = true;
      token(token);
      rootEnded = walk.depth() == ground;
    }
  }

  private void token(JsonToken token) {
    switch (token) {
      case PROPERTY_NAME -> {
        if (walk.wantsNames()) {
          walk.name(parser.currentName());
        }
      }
      case START_OBJECT, START_ARRAY -> {
        walk.arrive();
        walk.open(token == JsonToken.START_ARRAY);
      }
      case END_OBJECT, END_ARRAY -> walk.close();
      case VALUE_NULL -> walk.arrive();
      default -> {
        if (walk.arrive()) {
          value(token);
        }
      }
    }
  }

  private void value(JsonToken token) {
    walk.present();
    boolean names =
        token == JsonToken.VALUE_STRING
            || token == JsonToken.VALUE_NUMBER_INT
            || token == JsonToken.VALUE_NUMBER_FLOAT;
    if (names && walk.isSubject()) {
      walk.subject(parser.getString());
    }
  }

  @Override
  public void close() {
    parser.close();
  }
}
