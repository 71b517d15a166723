package dev.portcullis.journal.archive;

import dev.portcullis.journal.Exchange;
import dev.portcullis.journal.Pseudonym;
import java.util.ArrayList;
import java.util.List;

/**
 * A path in which {@code ~{n}} stands for the pseudonym of the n-th subject (those of the response,
 * then those of the request; from 1), so that paths repeat and a pseudonym stands in the file once.
 */
final class ReadablePath {
  /** Only the first subjects are looked for: the path's own comes first. */
  private static final int SEARCHED = 4;

  /** Shorter pseudonyms aren't worth it, and an empty one would be found everywhere. */
  private static final int MIN_LENGTH = 4;

  private static final String OPEN = "~{";

  /** Gives the path back, in SQL. */
  static final String SQL =
      "CASE WHEN contains(url_path, '~{') AND raw IS NULL THEN"
          + " replace(replace(replace(replace(url_path,"
          + " '~{1}', '~' || coalesce(named[1], '')), '~{2}', '~' || coalesce(named[2], '')),"
          + " '~{3}', '~' || coalesce(named[3], '')), '~{4}', '~' || coalesce(named[4], ''))"
          + " ELSE url_path END";

  /** The subjects that {@link #SQL} refers to. */
  static final String NAMED_SQL =
      "list_concat(coalesce(subjects, []), coalesce(written_subjects, [])) AS named";

  private ReadablePath() {}

  /** Whether the path itself holds what stands for a subject: then it is kept as it is. */
  static boolean isAmbiguous(String path) {
    return path.contains(OPEN);
  }

  static String shorten(Exchange exchange) {
    String path = exchange.path();
    if (path.indexOf('~') < 0 || isAmbiguous(path)) {
      return path;
    }
    List<Pseudonym> named = named(exchange);
    var shortened = new StringBuilder(path.length());
    int at = 0;
    while (at < path.length()) {
      int found = path.charAt(at) == '~' ? subjectAt(path, at + 1, named) : -1;
      if (found < 0) {
        shortened.append(path.charAt(at++));
      } else {
        shortened.append(OPEN).append(found + 1).append('}');
        at += 1 + named.get(found).value().length();
      }
    }
    return shortened.toString();
  }

  /** The path as it was; of an ambiguous one the row holds the record's bytes as well. */
  static String restore(String shortened, List<Pseudonym> subjects, List<Pseudonym> written) {
    if (!shortened.contains(OPEN)) {
      return shortened;
    }
    var named = new ArrayList<>(subjects);
    named.addAll(written);
    String path = shortened;
    for (int i = 0; i < Math.min(SEARCHED, named.size()); i++) {
      path = path.replace(OPEN + (i + 1) + '}', "~" + named.get(i).value());
    }
    return path;
  }

  private static List<Pseudonym> named(Exchange exchange) {
    var named = new ArrayList<>(exchange.subjects());
    named.addAll(exchange.request().subjects());
    return named.subList(0, Math.min(SEARCHED, named.size()));
  }

  private static int subjectAt(String path, int at, List<Pseudonym> named) {
    for (int i = 0; i < named.size(); i++) {
      String value = named.get(i).value();
      // one that itself holds what stands for another could not be told from it
      if (value.length() >= MIN_LENGTH && value.indexOf('{') < 0 && path.startsWith(value, at)) {
        return i;
      }
    }
    return -1;
  }
}
