package dev.portcullis.analyze.format;

import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * W3C extended log: a {@code #Fields} line names the columns. Amazon CloudFront's standard log is
 * one, separated by tabs, with agent and referer percent-encoded; IIS writes one with blanks, which
 * it replaces by {@code +} within values.
 */
final class W3cFormat implements LogFormat {
  private static final String FIELDS = "#Fields:";

  /** More columns are not looked at. */
  private static final int MOST = 128;

  private enum Column {
    DATE,
    TIME,
    SOURCE,
    USER,
    METHOD,
    STEM,
    QUERY,
    STATUS,
    SENT,
    RECEIVED,
    AGENT,
    REFERER,
    FORWARDED,
    OTHER
  }

  private final Column[] columns;
  private final boolean cloudFront;

  private W3cFormat(List<String> names) {
    columns = names.stream().map(W3cFormat::column).toArray(Column[]::new);
    cloudFront = names.contains("x-edge-location");
  }

  /** The format that a file's first lines name. */
  static Optional<LogFormat> of(String firstLines) {
    return firstLines
        .lines()
        .filter(line -> line.startsWith(FIELDS))
        .map(line ->
            line.substring(FIELDS.length()).strip().toLowerCase(Locale.ROOT).split("[ \t]+"))
        .map(List::of)
        .filter(names -> names.size() <= MOST && names.contains("time"))
        .findFirst()
        .map(W3cFormat::new);
  }

  private static Column column(String name) {
    return switch (name) {
      case "date" -> Column.DATE;
      case "time" -> Column.TIME;
      case "c-ip" -> Column.SOURCE;
      case "cs-username" -> Column.USER;
      case "cs-method" -> Column.METHOD;
      case "cs-uri-stem" -> Column.STEM;
      case "cs-uri-query" -> Column.QUERY;
      case "sc-status" -> Column.STATUS;
      case "sc-bytes" -> Column.SENT;
      case "cs-bytes" -> Column.RECEIVED;
      case "cs(user-agent)" -> Column.AGENT;
      case "cs(referer)" -> Column.REFERER;
      case "x-forwarded-for", "cs(x-forwarded-for)" -> Column.FORWARDED;
      default -> Column.OTHER;
    };
  }

  @Override
  public String name() {
    return cloudFront ? "aws-cloudfront" : "w3c";
  }

  @Override
  public boolean read(byte[] text, int from, int to, LoggedRequest into, Runnable each) {
    into.clear();
    if (from < to && text[from] == '#') {
      return true;
    }
    boolean tabs = Bytes.indexOf(text, (byte) '\t', from, to) >= 0;
    byte separator = (byte) (tabs ? '\t' : ' ');
    var line = new Line(text);
    int at = from;
    for (int i = 0; i < columns.length; i++) {
      if (at > to) {
        return false;
      }
      int end = Bytes.indexOf(text, separator, at, to);
      end = end < 0 ? to : end;
      line.take(columns[i], at, end, into, cloudFront);
      at = end + 1;
    }
    if (!line.finish(into)) {
      return false;
    }
    each.run();
    return true;
  }

  /** What has to be put together from two columns. */
  private static final class Line {
    private final byte[] text;
    private final Slice date = new Slice();
    private final Slice time = new Slice();
    private final Slice stem = new Slice();
    private final Slice query = new Slice();

    Line(byte[] text) {
      this.text = text;
    }

    void take(Column column, int from, int to, LoggedRequest into, boolean encoded) {
      switch (column) {
        case DATE -> date.set(text, from, to);
        case TIME -> time.set(text, from, to);
        case SOURCE -> into.source.set(text, from, to);
        case USER -> into.user.set(text, from, to);
        case METHOD -> into.method.set(text, from, to);
        case STEM -> stem.set(text, from, to);
        case QUERY -> query.set(text, from, to);
        case STATUS -> into.status = (int) Math.clamp(Bytes.number(text, from, to), 0, 999);
        case SENT -> into.responseBytes = Math.max(0, Bytes.number(text, from, to));
        case RECEIVED -> into.requestBytes = Math.max(0, Bytes.number(text, from, to));
        case AGENT -> into.decoded(into.userAgent, plain(from, to, encoded));
        case REFERER -> into.decoded(into.referer, plain(from, to, encoded));
        case FORWARDED -> into.forwarded.set(text, from, to);
        case OTHER -> {}
      }
    }

    private byte[] plain(int from, int to, boolean encoded) {
      var out = new ByteArrayOutputStream(to - from);
      for (int i = from; i < to; i++) {
        byte next = text[i];
        int high = encoded && next == '%' && i + 2 < to ? Character.digit(text[i + 1], 16) : -1;
        int low = high >= 0 ? Character.digit(text[i + 2], 16) : -1;
        if (low >= 0) {
          out.write(high << 4 | low);
          i += 2;
        } else {
          out.write(!encoded && next == '+' ? ' ' : next);
        }
      }
      return out.toByteArray();
    }

    boolean finish(LoggedRequest into) {
      if (date.length() != 10 || time.length() < 8) {
        return false;
      }
      var both = new byte[11 + time.length()];
      System.arraycopy(text, date.from(), both, 0, 10);
      both[10] = ' ';
      System.arraycopy(text, time.from(), both, 11, time.length());
      into.at = Times.iso(both, 0, both.length);
      if (query.isEmpty()) {
        into.target.set(text, stem.from(), stem.to());
      } else {
        var target = new byte[stem.length() + 1 + query.length()];
        System.arraycopy(text, stem.from(), target, 0, stem.length());
        target[stem.length()] = '?';
        System.arraycopy(text, query.from(), target, stem.length() + 1, query.length());
        into.decoded(into.target, target);
      }
      return into.isWhole() && !into.source.isEmpty();
    }
  }
}
