package dev.portcullis.cli;

import dev.portcullis.journal.JournalQuery;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Prints the answer to a query. */
interface QueryPrinter extends JournalQuery.Rows {
  /** After the last row. */
  void end();

  /** One document a line. */
  record Documents(PrintWriter out) implements QueryPrinter {
    @Override
    public void columns(List<String> names) {
      // they are in each document
    }

    @Override
    public boolean row(List<Optional<String>> values) {
      out.println(values.getFirst().orElse("null"));
      return !out.checkError();
    }

    @Override
    public void end() {
      // nothing is open
    }
  }

  /** RFC 4180, but for the lines' ends, which are the terminal's. */
  record Csv(PrintWriter out) implements QueryPrinter {
    @Override
    public void columns(List<String> names) {
      out.println(names.stream().map(Csv::field).collect(Collectors.joining(",")));
    }

    @Override
    public boolean row(List<Optional<String>> values) {
      out.println(
          values.stream()
              .map(value -> value.map(Csv::field).orElse(""))
              .collect(Collectors.joining(",")));
      return !out.checkError();
    }

    @Override
    public void end() {
      // nothing is open
    }

    private static String field(String text) {
      return text.isEmpty() || text.chars().anyMatch(c -> c == ',' || c == '"' || c < ' ')
          ? "\"" + text.replace("\"", "\"\"") + "\""
          : text;
    }
  }

  /** Aligned, for people; up to a limit, since all of it is held to be aligned. */
  final class Table implements QueryPrinter {
    /** Of one cell. */
    private static final int WIDEST = 60;

    private final PrintWriter out;
    private final int limit;
    private final List<List<String>> lines = new ArrayList<>();
    private boolean more;

    Table(PrintWriter out, int limit) {
      this.out = out;
      this.limit = limit;
    }

    @Override
    public void columns(List<String> names) {
      lines.add(names);
    }

    @Override
    public boolean row(List<Optional<String>> values) {
      more = lines.size() > limit;
      if (!more) {
        lines.add(values.stream().map(value -> cell(value.orElse("-"))).toList());
      }
      return !more;
    }

    /** No control character reaches the terminal. */
    private static String cell(String text) {
      String plain = text.replaceAll("\\p{Cntrl}", "\u00b7");
      return plain.length() > WIDEST ? plain.substring(0, WIDEST - 1) + "\u2026" : plain;
    }

    @Override
    public void end() {
      int columns = lines.getFirst().size();
      int[] widths = new int[columns];
      for (List<String> line : lines) {
        for (int i = 0; i < columns; i++) {
          widths[i] = Math.max(widths[i], line.get(i).length());
        }
      }
      for (List<String> line : lines) {
        var text = new StringBuilder();
        for (int i = 0; i < columns; i++) {
          text.append(line.get(i)).append(" ".repeat(widths[i] - line.get(i).length() + 2));
        }
        out.println(text.toString().stripTrailing());
      }
      out.println(
          more
              ? "The first %,d rows; there are more (--limit, --csv, --json)".formatted(limit)
              : "%,d rows".formatted(lines.size() - 1));
    }
  }
}
