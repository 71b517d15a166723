package dev.portcullis.analyze;

import java.util.Arrays;

/**
 * A request's path as a route: what looks like an identifier becomes {@code {id}}, and stands for
 * an object of the kind that the word before it names. Reused for path after path; not thread-safe.
 *
 * <p>An identifier is what is all digits, holds an {@code @}, is hexadecimal and long, or is at
 * least a quarter digits. A constant taken for an identifier does no harm: it is the same object
 * each time. Not seen: identifiers that are words ({@code /users/alice}).
 */
final class PathShape {
  /** Segments looked at; the rest becomes {@code **}. */
  static final int SEGMENTS = 12;

  /** Objects that one path names at most. */
  static final int OBJECTS = 4;

  private static final int LONGEST = 200;
  private static final byte[] ID = {'{', 'i', 'd', '}'};
  private static final byte[] VALUE = {'{', 'v', 'a', 'l', 'u', 'e', '}'};
  private static final byte[] REST = {'/', '*', '*'};

  private final byte[] route = new byte[2 * LONGEST + 64];
  private final long[] objects = new long[OBJECTS];
  private int length;
  private int count;
  private boolean isStatic;
  private int pathFrom;
  private int pathTo;

  /** Reads a target: path and query, or an absolute URI. */
  void read(byte[] text, int from, int to) {
    length = 0;
    count = 0;
    isStatic = false;
    pathFrom = Places.path(text, from, to);
    int query = Places.indexOf(text, '?', pathFrom, to);
    pathTo = query < 0 ? to : query;
    long before = 0;
    int at = pathFrom + 1;
    for (int segments = 0; at <= pathTo; segments++) {
      if (segments == SEGMENTS || length > LONGEST) {
        append(REST, 0, REST.length);
        break;
      }
      int end = Places.indexOf(text, '/', at, pathTo);
      end = end < 0 ? pathTo : end;
      route[length++] = '/';
      before = segment(text, at, end, end == pathTo, before);
      at = end + 1;
    }
    if (length == 0) {
      route[length++] = '/';
    }
    if (query >= 0 && !isStatic) {
      query(text, query + 1, to);
    }
  }

  /** What the segment is, for the one after it. */
  private long segment(byte[] text, int from, int to, boolean last, long before) {
    int end = to;
    boolean named =
        last && Places.indexOf(text, '@', from, to) < 0 && !Identifiers.isEscapedAt(text, from, to);
    int dot = named ? Places.lastIndexOf(text, '.', from, to) : -1;
    if (dot > from && to - dot <= 6) {
      isStatic = Places.isStaticExtension(text, dot + 1, to);
      end = isStatic ? to : dot;
    }
    if (isStatic) {
      route[length++] = '*';
      append(text, dot, to);
      return before;
    }
    if (Identifiers.is(text, from, end)) {
      append(ID, 0, ID.length);
      append(text, end, to);
      return object(before, Hash.of(text, from, end));
    }
    if (to - from <= 64 && Places.isPlain(text, from, to)) {
      append(text, from, to);
    } else if (to > from) {
      append(VALUE, 0, VALUE.length);
    }
    return Hash.of(text, from, to);
  }

  private long object(long kind, long id) {
    long object = (kind ^ id * 0x9e3779b97f4a7c15L) * 0xc2b2ae3d27d4eb4fL;
    object ^= object >>> 29;
    if (count < OBJECTS) {
      objects[count++] = object;
    }
    return object;
  }

  private void query(byte[] text, int from, int to) {
    for (int at = from; at < to; ) {
      int end = Places.indexOf(text, '&', at, to);
      end = end < 0 ? to : end;
      int equals = Places.indexOf(text, '=', at, end);
      if (equals > at && equals - at <= 32 && end > equals + 1 && end - equals <= 80) {
        int name = Identifiers.parameter(text, at, equals);
        if (name == Identifiers.ANY
            || (name == Identifiers.MAYBE && Identifiers.is(text, equals + 1, end))) {
          route[length++] = '?';
          append(text, at, equals + 1);
          append(ID, 0, ID.length);
          object(Hash.of(text, at, equals), Hash.of(text, equals + 1, end));
          return;
        }
      }
      at = end + 1;
    }
  }

  private void append(byte[] text, int from, int to) {
    int much = Math.min(to - from, route.length - 16 - length);
    if (much > 0) {
      System.arraycopy(text, from, route, length, much);
      length += much;
    }
  }

  /** The route's bytes; valid until the next reading. */
  byte[] route() {
    return route;
  }

  int length() {
    return length;
  }

  /** Fingerprints of the objects that the path names. */
  long[] objects() {
    return count == 0 ? NONE : Arrays.copyOf(objects, count);
  }

  private static final long[] NONE = {};

  boolean hasObjects() {
    return count > 0;
  }

  /** Whether it is a style sheet, a picture or the like: such are nobody's data. */
  boolean isStatic() {
    return isStatic;
  }

  /** Where the path begins in what was read. */
  int pathFrom() {
    return pathFrom;
  }
}
