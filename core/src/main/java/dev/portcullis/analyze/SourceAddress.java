package dev.portcullis.analyze;

import dev.portcullis.analyze.format.Slice;

/**
 * Who asked: the logged address without port and brackets, or an entry of X-Forwarded-For. Reused;
 * not thread-safe.
 */
final class SourceAddress {
  private final int position;
  private byte[] array = new byte[0];
  private int from;
  private int to;

  /**
   * Reads addresses.
   *
   * @param position entry of X-Forwarded-For that a trusted proxy wrote, 1 being the last; 0: it is
   *     only used where the log has no other address
   */
  SourceAddress(int position) {
    this.position = position;
  }

  void read(Slice source, Slice forwarded) {
    boolean entry = !forwarded.isEmpty() && (position > 0 || source.isEmpty());
    if (entry && entry(forwarded, Math.max(1, position))) {
      trim();
      return;
    }
    array = source.array();
    from = source.from();
    to = source.to();
    trim();
  }

  private boolean entry(Slice list, int wanted) {
    array = list.array();
    int end = list.to();
    for (int i = 1; ; i++) {
      int comma = Places.lastIndexOf(array, ',', list.from(), end);
      if (i == wanted || comma < 0) {
        from = comma < 0 ? list.from() : comma + 1;
        to = end;
        return i == wanted;
      }
      end = comma;
    }
  }

  private void trim() {
    while (from < to && array[from] == ' ') {
      from++;
    }
    while (to > from && array[to - 1] == ' ') {
      to--;
    }
    if (from < to && array[from] == '[') {
      int close = Places.indexOf(array, ']', from, to);
      to = close < 0 ? to : close;
      from++;
      return;
    }
    int colon = Places.indexOf(array, ':', from, to);
    boolean port = colon >= 0 && Places.indexOf(array, ':', colon + 1, to) < 0;
    to = port ? colon : to;
    to = Math.min(to, from + 64);
  }

  byte[] array() {
    return array;
  }

  int from() {
    return from;
  }

  int to() {
    return to;
  }
}
