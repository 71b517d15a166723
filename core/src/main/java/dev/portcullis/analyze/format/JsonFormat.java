package dev.portcullis.analyze.format;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * A line of JSON that tells of one request; or of many, in an array or under {@code records}, as
 * Azure's event hubs bundle them.
 */
final class JsonFormat implements LogFormat {
  /** So that a hostile line can't nest us to death; Jackson's own bound is 500. */
  private static final int DEEPEST = 16;

  private final JsonFactory factory = new JsonFactory();
  private final JsonShape shape;

  JsonFormat(JsonShape shape) {
    this.shape = shape;
  }

  @Override
  public String name() {
    return shape.name();
  }

  @Override
  public boolean read(byte[] text, int from, int to, LoggedRequest into, Runnable each) {
    int start = from;
    while (start < to && (text[start] == ' ' || text[start] == '\t' || text[start] == ',')) {
      start++;
    }
    if (start >= to || (text[start] != '{' && text[start] != '[')) {
      return start + 1 >= to && from < to; // the lone bracket at an array's ends
    }
    if (to - start <= 2 && text[start] == '[') {
      return true;
    }
    try (JsonParser parser =
        factory.createParser(ObjectReadContext.empty(), text, start, to - start)) {
      return parser.nextToken() == JsonToken.START_ARRAY
          ? all(parser, into, each)
          : one(parser, into, each);
    } catch (JacksonException | IllegalArgumentException e) {
      return false;
    }
  }

  private boolean all(JsonParser parser, LoggedRequest into, Runnable each) {
    boolean every = true;
    while (parser.nextToken() == JsonToken.START_OBJECT) {
      every &= one(parser, into, each);
    }
    return every;
  }

  private boolean one(JsonParser parser, LoggedRequest into, Runnable each) {
    into.clear();
    var record = new Record(shape, into);
    boolean bundled = object(parser, shape.root(), record, 0, each);
    if (bundled) {
      return true;
    }
    if (!record.finish()) {
      return false;
    }
    each.run();
    return true;
  }

  /** Whether it was a bundle, whose records have been told of. */
  private boolean object(
      JsonParser parser, JsonShape.Node node, Record record, int depth, Runnable each) {
    boolean bundled = false;
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      String name = String.valueOf(parser.currentName());
      JsonToken value = parser.nextToken();
      if (depth == 0 && value == JsonToken.START_ARRAY && name.equals("records")) {
        bundled = all(parser, record.into, each);
        continue;
      }
      JsonShape.Node child = node.child(name).orElse(null);
      if (child == null) {
        parser.skipChildren();
        continue;
      }
      record.saw(child);
      if (value == JsonToken.START_OBJECT && depth < DEEPEST) {
        object(parser, child, record, depth + 1, each);
      } else if (value == JsonToken.START_ARRAY) {
        // Headers are lists in some logs: the first counts.
        JsonToken first = parser.nextToken();
        if (first != null && first.isScalarValue()) {
          record.value(child, parser);
        }
        while (first != JsonToken.END_ARRAY && first != null) {
          parser.skipChildren();
          first = parser.nextToken();
        }
      } else if (value != null && value.isScalarValue() && value != JsonToken.VALUE_NULL) {
        record.value(child, parser);
      } else {
        parser.skipChildren();
      }
    }
    return bundled;
  }

  /** One request's values as they come. */
  private static final class Record {
    private final JsonShape shape;
    private final LoggedRequest into;
    private final int[] ranks = new int[Field.values().length];
    private final Slice query = new Slice();
    private final Slice line = new Slice();
    private final Slice status = new Slice();
    private long markers;

    Record(JsonShape shape, LoggedRequest into) {
      this.shape = shape;
      this.into = into;
      Arrays.fill(ranks, Integer.MAX_VALUE);
    }

    void saw(JsonShape.Node node) {
      markers |= node.marker() < 0 ? 0 : 1L << node.marker();
    }

    @SuppressWarnings("EnumOrdinal") // within one line, never stored
    void value(JsonShape.Node node, JsonParser parser) {
      Field field = node.field().orElse(null);
      if (field == null || ranks[field.ordinal()] <= node.rank()) {
        return;
      }
      byte[] value = String.valueOf(parser.getString()).getBytes(StandardCharsets.UTF_8);
      if (value.length == 0 || (value.length == 1 && value[0] == '-')) {
        return;
      }
      ranks[field.ordinal()] = node.rank();
      switch (field) {
        case TIME -> into.at = Times.any(value, 0, value.length);
        case SOURCE -> into.decoded(into.source, value);
        case FORWARDED -> into.decoded(into.forwarded, value);
        case USER -> into.decoded(into.user, value);
        case KEY -> into.decoded(into.key, value);
        case METHOD -> into.decoded(into.method, value);
        case TARGET -> into.decoded(into.target, value);
        case QUERY -> into.decoded(query, value);
        case REQUEST -> into.decoded(line, value);
        case STATUS -> into.decoded(status, value);
        case RECEIVED -> into.requestBytes = number(value);
        case SENT -> into.responseBytes = number(value);
        case AGENT -> into.decoded(into.userAgent, value);
        case REFERER -> into.decoded(into.referer, value);
      }
    }

    private static long number(byte[] value) {
      return Math.max(0, Bytes.number(value, 0, value.length));
    }

    boolean finish() {
      if (Long.bitCount(markers) < shape.needed()) {
        return false;
      }
      if (!line.isEmpty() && (into.target.isEmpty() || into.method.isEmpty())) {
        boolean whole = Bytes.indexOf(line.array(), (byte) ' ', line.from(), line.to()) >= 0;
        if (whole || into.target.isEmpty()) {
          into.requestLine(line.array(), line.from(), line.to());
        }
      }
      into.status =
          status.isEmpty() ? -1 : (int) Bytes.number(status.array(), status.from(), status.to());
      withQuery();
      return into.isWhole() && !(into.target.isEmpty() && line.isEmpty());
    }

    private void withQuery() {
      Slice target = into.target;
      if (query.isEmpty()
          || target.isEmpty()
          || Bytes.indexOf(target.array(), (byte) '?', target.from(), target.to()) >= 0) {
        return;
      }
      boolean marked = query.at(0) == '?';
      into.decoded(
          target,
          (target.text() + (marked ? "" : "?") + query.text()).getBytes(StandardCharsets.UTF_8));
    }
  }
}
