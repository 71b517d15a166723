package dev.portcullis.journal.archive;

import dev.portcullis.journal.Carried;
import dev.portcullis.journal.Client;
import dev.portcullis.journal.Exchange;
import dev.portcullis.journal.Finding;
import dev.portcullis.journal.JournalException;
import dev.portcullis.journal.Observation;
import dev.portcullis.journal.Outcome;
import dev.portcullis.journal.Pseudonym;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Rows out of a result of {@link Columns#selected}. */
final class RowDecoder {
  private static final long PER_SECOND = 1_000_000;
  private static final int NANOS = 1_000;
  private static final int TIME = 4;
  private static final int RESPONSE = 25;
  private static final int REQUEST = 30;
  private static final int LEAF = 35;
  private static final int RAW = 36;

  private final ResultSet row;

  RowDecoder(ResultSet row) {
    this.row = row;
  }

  /** The row that the result stands on. */
  ArchiveRow row() throws SQLException {
    long leaf = row.getLong(LEAF);
    if (row.wasNull()) {
      leaf = ArchiveRow.IMPLIED;
    }
    Optional<byte[]> raw = Optional.ofNullable(row.getBytes(RAW));
    long time = row.getLong(TIME);
    // with its bytes there the columns are for people, and may hold less
    boolean readable = !row.wasNull() && raw.isEmpty();
    Optional<Exchange> exchange = readable ? Optional.of(exchange(time)) : Optional.empty();
    return new ArchiveRow(row.getLong(1), leaf, row.getInt(2), row.getInt(3), exchange, raw);
  }

  private Exchange exchange(long time) throws SQLException {
    var response = carried(RESPONSE);
    row.getLong(REQUEST + 2);
    var request = row.wasNull() ? Carried.NOTHING : carried(REQUEST);
    return new Exchange(
        Instant.ofEpochSecond(
            Math.floorDiv(time, PER_SECOND), Math.floorMod(time, PER_SECOND) * NANOS),
        duration(row.getLong(5)),
        text(6),
        text(7),
        text(8),
        text(9),
        row.getString(10),
        client(),
        row.getString(14),
        ReadablePath.restore(row.getString(15), response.subjects(), request.subjects()),
        row.getInt(16),
        row.getLong(17),
        row.getLong(18),
        outcome(row.getString(19)),
        findings(),
        response,
        request);
  }

  private static Duration duration(long micros) {
    return Duration.ofSeconds(
        Math.floorDiv(micros, PER_SECOND), Math.floorMod(micros, PER_SECOND) * NANOS);
  }

  private Client client() throws SQLException {
    var client = new Client(text(11), text(12), text(13));
    return client.equals(Client.UNKNOWN) ? Client.UNKNOWN : client;
  }

  private Outcome outcome(String word) throws SQLException {
    return switch (word) {
      case "forwarded" -> new Outcome.Forwarded();
      case "refused" -> new Outcome.Refused(row.getString(20), row.getString(21));
      case "failed" -> new Outcome.Failed(row.getString(21));
      default ->
          throw new JournalException(
              "The disposition '" + word + "' (expected: forwarded, refused, failed)");
    };
  }

  private List<Finding> findings() throws SQLException {
    List<String> rules = texts(22);
    if (rules.isEmpty()) {
      return List.of();
    }
    List<String> categories = texts(23);
    List<String> locations = texts(24);
    if (categories.size() != rules.size() || locations.size() != rules.size()) {
      throw new JournalException(
          "%d rules, %d categories, %d locations of findings (expected: as many of each)"
              .formatted(rules.size(), categories.size(), locations.size()));
    }
    var findings = new ArrayList<Finding>(rules.size());
    for (int i = 0; i < rules.size(); i++) {
      findings.add(new Finding(rules.get(i), categories.get(i), locations.get(i)));
    }
    return List.copyOf(findings);
  }

  private Carried carried(int first) throws SQLException {
    List<String> classes = texts(first);
    return new Carried(
        classes.isEmpty()
            ? Set.of()
            : Collections.unmodifiableSet(new LinkedHashSet<String>(classes)),
        texts(first + 1).stream().map(Pseudonym::new).toList(),
        row.getLong(first + 2),
        observation(row.getString(first + 3)),
        row.getLong(first + 4));
  }

  private static Observation observation(String word) {
    try {
      return Observation.valueOf(word.toUpperCase(Locale.ROOT).replace('-', '_'));
    } catch (IllegalArgumentException e) {
      throw new JournalException("The observation '" + word + "' is not known", e);
    }
  }

  private Optional<String> text(int column) throws SQLException {
    return Optional.ofNullable(row.getString(column));
  }

  private List<String> texts(int column) throws SQLException {
    String joined = row.getString(column);
    if (joined == null || joined.isEmpty()) {
      return List.of();
    }
    int divider = joined.indexOf(Columns.DIVIDER);
    if (divider < 0) {
      return List.of(joined);
    }
    var texts = new ArrayList<String>();
    int from = 0;
    while (divider >= 0) {
      texts.add(joined.substring(from, divider));
      from = divider + 1;
      divider = joined.indexOf(Columns.DIVIDER, from);
    }
    texts.add(joined.substring(from));
    return texts;
  }
}
