package dev.portcullis.detect;

import dev.portcullis.journal.JournalEntry;
import java.util.List;

/** Makes signals of one detector, with the same id at every replay. */
record Raise(String detector, String owasp, String attack) {

  Signal signal(
      String key,
      JournalEntry entry,
      Severity severity,
      double confidence,
      Principals principals,
      String summary,
      List<Long> evidence) {
    String id = detector + "-" + entry.sequence() + "-" + Long.toHexString(Hashes.of(key));
    List<Long> last =
        evidence.subList(Math.max(0, evidence.size() - Signal.MAX_EVIDENCE), evidence.size());
    return new Signal(
        id,
        detector,
        entry.exchange().at(),
        severity,
        Math.clamp(confidence, 0.0, 0.99),
        principals,
        summary,
        List.copyOf(last),
        owasp,
        attack);
  }

  /** How sure, by how far beyond the threshold: 0.7 at it, 0.9 at four times. */
  static double confidence(double count, double threshold) {
    return 0.7 + 0.1 * Math.log(Math.max(1, count / Math.max(1, threshold))) / Math.log(2);
  }
}
