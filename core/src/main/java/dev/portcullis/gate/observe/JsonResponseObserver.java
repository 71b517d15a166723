package dev.portcullis.gate.observe;

import dev.portcullis.journal.Observation;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.async.ByteBufferFeeder;

/**
 * Reads a JSON document part by part and keeps nothing of it but the path down to where it is, and
 * what it was looking for. Whatever it can't read makes the observation partial, never the response
 * fail.
 */
final class JsonResponseObserver implements ResponseObserver {
  /** One object or array that is open. Kept for the next one at that depth. */
  private static final class Frame {
    private final List<PathNode> nodes = new ArrayList<>(2);
    private boolean array;
    private int index;
    private String name = "";
  }

  private final JsonParser parser;
  private final ByteBufferFeeder feeder;
  private final List<Frame> frames = new ArrayList<>();
  private final List<PathNode> here = new ArrayList<>(2);
  private final PathNode root;
  private final Set<String> subjects = new LinkedHashSet<>();
  private final Set<String> dataClasses = new HashSet<>();
  private final int limit;
  private int depth;
  private long read;
  private boolean rootEnded;
  private boolean partial;

  /**
   * @param limit bytes that are read
   */
  JsonResponseObserver(JsonParser parser, PathNode root, int limit) {
    this.parser = parser;
    this.feeder = (ByteBufferFeeder) parser.nonBlockingInputFeeder();
    this.root = root;
    this.limit = limit;
  }

  @Override
  public void bytes(ByteBuffer part) {
    if (partial || !part.hasRemaining()) {
      return;
    }
    int most = (int) Math.min(part.remaining(), limit - read);
    boolean beyond = most < part.remaining();
    read += most;
    if (most > 0) {
      feed(beyond ? part.slice(part.position(), most) : part);
    }
    partial |= beyond;
  }

  private void feed(ByteBuffer part) {
    try {
      feeder.feedInput(part);
      tokens();
    } catch (JacksonException notJson) {
      partial = true;
    }
  }

  private void tokens() {
    while (true) {
      JsonToken token = parser.nextToken();
      if (token == null || token == JsonToken.NOT_AVAILABLE) {
        return;
      }
      if (rootEnded) {
        // A second value: what the client reads of it can't be known.
        partial = true;
        return;
      }
      token(token);
    }
  }

  private void token(JsonToken token) {
    switch (token) {
      case PROPERTY_NAME -> {
        Frame frame = frames.get(depth - 1);
        if (!frame.nodes.isEmpty()) {
          frame.name = parser.currentName();
        }
      }
      case START_OBJECT, START_ARRAY -> {
        locate();
        here.forEach(node -> dataClasses.addAll(node.dataClasses()));
        open(token == JsonToken.START_ARRAY);
      }
      case END_OBJECT, END_ARRAY -> {
        depth--;
        rootEnded = depth == 0;
      }
      default -> {
        locate();
        if (!here.isEmpty() && token != JsonToken.VALUE_NULL) {
          value(token);
        }
        rootEnded = depth == 0;
      }
    }
  }

  private void locate() {
    here.clear();
    if (depth == 0) {
      here.add(root);
      return;
    }
    Frame frame = frames.get(depth - 1);
    frame.index++;
    for (int i = 0; i < frame.nodes.size(); i++) {
      if (frame.array) {
        frame.nodes.get(i).element(frame.index, here);
      } else {
        frame.nodes.get(i).member(frame.name, here);
      }
    }
  }

  private void open(boolean array) {
    if (depth == frames.size()) {
      frames.add(new Frame());
    }
    Frame frame = frames.get(depth++);
    frame.nodes.clear();
    frame.nodes.addAll(here);
    frame.array = array;
    frame.index = -1;
  }

  private void value(JsonToken token) {
    boolean names =
        token == JsonToken.VALUE_STRING
            || token == JsonToken.VALUE_NUMBER_INT
            || token == JsonToken.VALUE_NUMBER_FLOAT;
    for (PathNode node : here) {
      dataClasses.addAll(node.dataClasses());
      if (names && node.isSubject()) {
        subjects.add(parser.getString());
      }
    }
  }

  @Override
  public Observed end(boolean whole) {
    if (!partial) {
      try {
        feeder.endOfInput();
        tokens();
      } catch (JacksonException notJson) {
        partial = true;
      }
    }
    parser.close();
    boolean complete = whole && !partial && (rootEnded || read == 0);
    return new Observed(
        subjects, dataClasses, complete ? Observation.COMPLETE : Observation.PARTIAL);
  }
}
