package dev.portcullis.evidence;

import dev.portcullis.journal.Exchange;
import dev.portcullis.journal.Gap;
import dev.portcullis.journal.Journal;
import dev.portcullis.journal.JournalEntry;
import dev.portcullis.journal.JournalException;
import dev.portcullis.journal.JournalRecord;
import dev.portcullis.journal.ProofCheck;
import dev.portcullis.journal.RecordCursor;
import dev.portcullis.journal.SignedTree;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Writes records with their proofs, one line of JSON each. Every proof is checked before it is
 * written; a record without a valid one is written all the same, marked, because that it was
 * altered is evidence too.
 */
final class Exhibits {
  /** Gaps read. */
  static final int MAX_GAPS = 100_000;

  private static final Base64.Encoder BASE64 = Base64.getEncoder();

  private final Journal journal;
  private final RecordCursor records;
  private final SignedTree tree;
  private final Findings findings;
  private final ExportProgress progress;
  private long exchanges;
  private long gaps;
  private Optional<Instant> first = Optional.empty();
  private Optional<Instant> last = Optional.empty();

  Exhibits(
      Journal journal,
      RecordCursor records,
      SignedTree tree,
      Findings findings,
      ExportProgress progress) {
    this.journal = journal;
    this.records = records;
    this.tree = tree;
    this.findings = findings;
    this.progress = progress;
  }

  /** All hostile exchanges below that sequence. */
  void exchanges(Hostile hostile, long end, OutputStream out) throws IOException {
    try (var entries =
        new HostileEntries(journal, hostile, end, (at, why) -> damaged(at, why, out))) {
      for (var entry = entries.next(); entry.isPresent(); entry = entries.next()) {
        exchange(entry.get(), hostile.why(entry.get()), out);
        progress.read(entry.get().sequence(), exchanges);
      }
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private void exchange(JournalEntry entry, List<String> why, OutputStream out) throws IOException {
    long sequence = entry.sequence();
    Instant at = entry.exchange().at();
    first = first.filter(each -> each.isBefore(at)).or(() -> Optional.of(at));
    last = last.filter(each -> each.isAfter(at)).or(() -> Optional.of(at));
    Optional<JournalRecord> record = record(sequence);
    if (record.isEmpty()) {
      findings.unproven(
          "Exchange %d: its record is not in the journal's segments any more; what is told of it was read elsewhere and is not proved"
              .formatted(sequence));
    }
    var line = line("exchange", sequence, why, record);
    line.put("activity", readable(record, entry.exchange()));
    out.write(EvidenceJson.line(line));
    exchanges++;
  }

  // What is told is what the bytes in the archive say, not what memory says.
  private static Map<String, Object> readable(Optional<JournalRecord> record, Exchange otherwise) {
    try {
      return Activity.of(record.flatMap(JournalRecord::exchange).orElse(otherwise));
    } catch (JournalException unreadable) {
      return Map.of("unreadable", String.valueOf(unreadable.getMessage()));
    }
  }

  private void damaged(long sequence, String why, OutputStream out) {
    Optional<JournalRecord> record = record(sequence);
    if (record.isEmpty()) {
      findings.unproven("Exchange %d can't be read: %s".formatted(sequence, why));
      return;
    }
    var line = line("exchange", sequence, List.of("damaged"), record);
    line.put("activity", Map.of("unreadable", why));
    try {
      out.write(EvidenceJson.line(line));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    exchanges++;
  }

  private Optional<JournalRecord> record(long sequence) {
    try {
      return records.exchange(sequence);
    } catch (JournalException e) {
      findings.add(
          "The record of exchange %d can't be read: %s".formatted(sequence, e.getMessage()));
      return Optional.empty();
    }
  }

  /** The gaps that lie in the time of the exchanges written before. */
  void gaps(OutputStream out) throws IOException {
    List<JournalRecord> all;
    try {
      all = records.gaps(MAX_GAPS);
    } catch (JournalException e) {
      findings.add("Gaps can't be read, some may be missing: " + e.getMessage());
      return;
    }
    if (all.size() == MAX_GAPS) {
      findings.add(
          "The journal has more than %d gaps: only the first are here".formatted(MAX_GAPS));
    }
    for (JournalRecord record : all) {
      Optional<Gap> gap = gap(record);
      if (gap.isPresent() && isInTime(gap.get())) {
        var line = line("gap", -1, List.of("in-the-time-of-the-exchanges"), Optional.of(record));
        line.put("gap", Activity.of(gap.get()));
        out.write(EvidenceJson.line(line));
        gaps++;
      }
    }
  }

  private Optional<Gap> gap(JournalRecord record) {
    try {
      return record.gap();
    } catch (JournalException e) {
      findings.add(
          "The gap at record %d can't be read: %s".formatted(record.leaf(), e.getMessage()));
      return Optional.empty();
    }
  }

  private boolean isInTime(Gap gap) {
    return first.isPresent()
        && !gap.to().isBefore(first.get())
        && !gap.from().isAfter(last.orElseThrow());
  }

  private LinkedHashMap<String, Object> line(
      String type, long sequence, List<String> why, Optional<JournalRecord> record) {
    var line = new LinkedHashMap<String, Object>();
    line.put("record_type", type);
    if (sequence >= 0) {
      line.put("sequence", sequence);
    }
    line.put("included_because", why);
    if (record.isPresent()) {
      byte[] leafHash = record.get().leafHash();
      line.put("leaf", record.get().leaf());
      line.put("record", BASE64.encodeToString(record.get().bytes()));
      line.put("leaf_hash", BASE64.encodeToString(leafHash));
      line.put("inclusion_proof", proof(record.get(), leafHash));
    }
    return line;
  }

  private List<String> proof(JournalRecord record, byte[] leafHash) {
    String name =
        record.sequence().isPresent()
            ? "Exchange " + record.sequence().getAsLong()
            : "The gap at record " + record.leaf();
    if (record.leaf() >= tree.size()) {
      findings.unproven(
          name + " is not under a signed checkpoint yet: export again in a few seconds");
      return List.of();
    }
    try {
      List<byte[]> path = records.inclusion(record.leaf());
      if (!ProofCheck.inclusion(leafHash, record.leaf(), tree.size(), path, tree.rootHash())) {
        findings.unproven(
            name
                + " is not as the checkpoint signed it: it was altered, or the hash files were; run 'portcullis journal verify'");
      }
      return path.stream().map(BASE64::encodeToString).toList();
    } catch (JournalException e) {
      findings.unproven(name + " can't be proved: " + e.getMessage());
      return List.of();
    }
  }

  long exchanges() {
    return exchanges;
  }

  long gaps() {
    return gaps;
  }

  /** When the first of them was. */
  Optional<Instant> first() {
    return first;
  }

  /** When the last of them was. */
  Optional<Instant> last() {
    return last;
  }
}
