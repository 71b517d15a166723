package dev.portcullis.journal.archive;

import dev.portcullis.journal.Carried;
import dev.portcullis.journal.Exchange;
import dev.portcullis.journal.Finding;
import dev.portcullis.journal.Observation;
import dev.portcullis.journal.Outcome;
import dev.portcullis.journal.Pseudonym;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.duckdb.DuckDBAppender;

/** Rows into a table of {@link Columns}. */
final class RowAppender {
  /** What the database can hold as a time; one beyond it has its bytes in the row as well. */
  static final long MIN_TIME = -9_223_372_022_400_000_000L;

  static final long MAX_TIME = Long.MAX_VALUE - 1;
  private static final long PER_SECOND = 1_000_000;
  private static final int NANOS = 1_000;

  private final DuckDBAppender out;
  private final StringBuilder joined = new StringBuilder();

  RowAppender(DuckDBAppender out) {
    this.out = out;
  }

  void append(ArchiveRow row) throws SQLException {
    out.beginRow();
    out.append(row.sequence()).append(row.type()).append(row.version());
    if (row.exchange().isPresent()) {
      exchange(row.exchange().get());
    } else {
      nulls(31);
    }
    if (row.leaf() == ArchiveRow.IMPLIED) {
      out.appendNull();
    } else {
      out.append(row.leaf());
    }
    if (row.raw().isPresent()) {
      out.append(row.raw().get());
    } else {
      out.appendNull();
    }
    out.endRow();
  }

  private void exchange(Exchange exchange) throws SQLException {
    out.appendEpochMicros(Math.clamp(micros(exchange.at()), MIN_TIME, MAX_TIME));
    out.append(micros(exchange.duration()));
    text(exchange.route());
    text(exchange.credential());
    text(exchange.account());
    text(exchange.claimed());
    out.append(exchange.source());
    text(exchange.client().fingerprint());
    text(exchange.client().userAgent());
    text(exchange.client().session());
    out.append(exchange.method());
    out.append(ReadablePath.shorten(exchange));
    out.append(exchange.status());
    out.append(exchange.requestBytes());
    out.append(exchange.responseBytes());
    switch (exchange.outcome()) {
      case Outcome.Forwarded() -> out.append("forwarded").appendNull().appendNull();
      case Outcome.Refused(String control, String reason) ->
          out.append("refused").append(control).append(reason);
      case Outcome.Failed(String reason) -> out.append("failed").appendNull().append(reason);
    }
    var findings = exchange.findings();
    texts(findings, Finding::rule);
    texts(findings, Finding::category);
    texts(findings, Finding::location);
    carried(exchange.response());
    if (exchange.request().equals(Carried.NOTHING)) {
      nulls(5);
    } else {
      carried(exchange.request());
    }
  }

  private void carried(Carried carried) throws SQLException {
    texts(carried.dataClasses(), name -> name);
    texts(carried.subjects(), Pseudonym::value);
    out.append(carried.records());
    out.append(word(carried.observation()));
    out.append(carried.unobserved());
  }

  private <T> void texts(Collection<T> values, Function<T, String> text) throws SQLException {
    joined.setLength(0);
    for (T value : values) {
      if (!joined.isEmpty()) {
        joined.append(Columns.DIVIDER);
      }
      joined.append(text.apply(value));
    }
    out.append(joined.toString());
  }

  private void text(Optional<String> text) throws SQLException {
    if (text.isPresent()) {
      out.append(text.get());
    } else {
      out.appendNull();
    }
  }

  private void nulls(int count) throws SQLException {
    for (int i = 0; i < count; i++) {
      out.appendNull();
    }
  }

  static String word(Observation observation) {
    return observation.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  static long micros(Instant at) {
    return Math.addExact(Math.multiplyExact(at.getEpochSecond(), PER_SECOND), at.getNano() / NANOS);
  }

  static long micros(Duration duration) {
    return Math.addExact(
        Math.multiplyExact(duration.getSeconds(), PER_SECOND), duration.getNano() / NANOS);
  }
}
