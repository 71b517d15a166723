package dev.portcullis.journal;

import dev.portcullis.journal.archive.ArchiveRow;
import dev.portcullis.journal.archive.Representable;
import java.util.Arrays;
import java.util.Optional;

/** Records as rows of the archive, and back to the very same bytes. Not thread-safe. */
final class ArchiveRecords {
  private final ByteSink again = new ByteSink(4 << 10);

  /**
   * The row of a record.
   *
   * @param bytes hold its type and payload
   */
  ArchiveRow row(byte[] bytes, int body, int length, long sequence, long leaf) {
    int type = bytes[body] & 0xFF;
    int version = length > 1 ? bytes[body + 1] & 0xFF : 0;
    if (type != RecordFormat.EXCHANGE) {
      return new ArchiveRow(
          sequence, leaf, type, version, Optional.empty(), payload(bytes, body, length));
    }
    Optional<Exchange> exchange = decoded(bytes, body, length);
    boolean same =
        exchange.isPresent()
            && Representable.is(exchange.get())
            && isSame(exchange.get(), version, bytes, body, length);
    return new ArchiveRow(
        sequence,
        ArchiveRow.IMPLIED,
        type,
        version,
        exchange,
        same ? Optional.empty() : payload(bytes, body, length));
  }

  private static Optional<byte[]> payload(byte[] bytes, int body, int length) {
    return Optional.of(Arrays.copyOfRange(bytes, body + 1, body + length));
  }

  private static Optional<Exchange> decoded(byte[] bytes, int body, int length) {
    try {
      return Optional.of(ExchangeCodec.decode(bytes, body + 1, length - 1));
    } catch (JournalException unreadable) {
      // of a later version: kept as it is
      return Optional.empty();
    }
  }

  private boolean isSame(Exchange exchange, int version, byte[] bytes, int body, int length) {
    again.cutTo(0);
    again.put(RecordFormat.EXCHANGE);
    ExchangeCodec.encode(exchange, again, version);
    return Arrays.equals(again.array(), 0, again.length(), bytes, body, body + length);
  }

  /** Type and payload of the record that the row was made of. */
  static void body(ArchiveRow row, ByteSink out) {
    out.put(row.type());
    if (row.raw().isPresent()) {
      byte[] payload = row.raw().get();
      out.put(payload, 0, payload.length);
    } else if (row.isExchange() && row.exchange().isPresent()) {
      ExchangeCodec.encode(row.exchange().get(), out, row.version());
    } else {
      throw new JournalException("A row with neither an exchange nor bytes (expected: one)");
    }
  }

  /** The entry of a row that is an exchange. */
  static JournalEntry entry(ArchiveRow row) {
    if (row.raw().isPresent()) {
      byte[] payload = row.raw().get();
      return new JournalEntry(row.sequence(), ExchangeCodec.decode(payload, 0, payload.length));
    }
    return new JournalEntry(
        row.sequence(),
        row.exchange()
            .orElseThrow(() ->
                new JournalException(
                    "The archived exchange of sequence " + row.sequence() + " is empty")));
  }
}
