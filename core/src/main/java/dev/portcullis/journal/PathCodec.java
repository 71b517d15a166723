package dev.portcullis.journal;

import java.util.List;

/**
 * A path in which a pseudonym that is also among the exchange's subjects is kept once: the common
 * {@code /v1/patients/~...} would otherwise carry it twice.
 */
final class PathCodec {
  /** References in one path. */
  private static final int MAX_REFERENCES = 8;

  /** Only the first subjects are looked for: the path's own comes first. */
  private static final int SUBJECTS_SEARCHED = 4;

  /** Shorter pseudonyms aren't worth a reference. */
  private static final int MIN_LENGTH = 8;

  /** Longer ones are not referred to, so that few bytes can't decode into many. */
  private static final int MAX_LENGTH = 1_024;

  private PathCodec() {}

  /** Count of references; each its position in the path and its subject; the rest of the path. */
  static void encode(String path, List<Pseudonym> subjects, ByteSink out) {
    if (path.indexOf('~') < 0 || subjects.isEmpty()) {
      out.putVarint(0);
      out.putString(path);
      return;
    }
    int[] positions = new int[MAX_REFERENCES];
    int[] references = new int[MAX_REFERENCES];
    int count = 0;
    var rest = new StringBuilder(path.length());
    int copied = 0;
    for (int at = path.indexOf('~'); at >= 0; at = path.indexOf('~', Math.max(copied, at + 1))) {
      int subject = count < MAX_REFERENCES ? subjectAt(path, at + 1, subjects) : -1;
      if (subject >= 0) {
        positions[count] = at;
        references[count++] = subject;
        rest.append(path, copied, at);
        copied = at + 1 + subjects.get(subject).value().length();
      }
    }
    rest.append(path, copied, path.length());
    out.putVarint(count);
    for (int i = 0; i < count; i++) {
      out.putVarint(positions[i]);
      out.putVarint(references[i]);
    }
    out.putString(rest.toString());
  }

  static String decode(ByteSource in, List<Pseudonym> subjects) {
    int count = in.getCount();
    if (count == 0) {
      return in.getString();
    }
    if (count > MAX_REFERENCES) {
      throw new JournalException(
          "A path with " + count + " references (expected: at most " + MAX_REFERENCES + ")");
    }
    long[] positions = new long[count];
    String[] values = new String[count];
    for (int i = 0; i < count; i++) {
      positions[i] = in.getVarint();
      long subject = in.getVarint();
      if (subject < 0 || subject >= subjects.size()) {
        throw new JournalException(
            "A path that names subject %d of %d".formatted(subject, subjects.size()));
      }
      values[i] = subjects.get((int) subject).value();
    }
    String rest = in.getString();
    var path = new StringBuilder();
    int used = 0;
    for (int i = 0; i < count; i++) {
      long before = positions[i] - path.length();
      if (before < 0 || before > rest.length() - used || values[i].length() > MAX_LENGTH) {
        throw new JournalException(
            "A path with a reference at %d (expected: inside the path)".formatted(positions[i]));
      }
      path.append(rest, used, used + (int) before).append('~').append(values[i]);
      used += (int) before;
    }
    return path.append(rest, used, rest.length()).toString();
  }

  private static int subjectAt(String path, int at, List<Pseudonym> subjects) {
    for (int i = 0; i < Math.min(SUBJECTS_SEARCHED, subjects.size()); i++) {
      String value = subjects.get(i).value();
      if (value.length() >= MIN_LENGTH
          && value.length() <= MAX_LENGTH
          && path.startsWith(value, at)) {
        return i;
      }
    }
    return -1;
  }
}
